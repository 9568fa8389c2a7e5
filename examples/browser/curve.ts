/** The curve of the best cut against time, as SVG: steps on a logarithmic axis, with the best cut at its end. */
import type { CutPoint } from './messages.ts';

const FRAME = { left: 64, right: 660, top: 16, bottom: 280 } as const;
/** The first instant on the logarithmic axis. */
const FIRST_SECONDS = 0.01;
const TICKS = [0.01, 0.1, 1, 10, 100, 1000];

export interface Curve {
  readonly points: readonly CutPoint[];
  /** The end of the axis. */
  readonly seconds: number;
  /** How far it is known: the curve ends there. */
  readonly until: number;
}

/** Draws into the element, and names it by what there is to see. */
export function drawCurve(svg: SVGSVGElement, { points, seconds, until }: Curve): void {
  const last = points.at(-1);
  if (last === undefined) {
    svg.replaceChildren();
    svg.setAttribute('aria-label', 'Best cut against time: nothing yet');
    return;
  }
  svg.setAttribute('aria-label', `Best cut against time: ${last.cut} after ${last.seconds.toFixed(2)} seconds`);
  const end = Math.max(seconds, FIRST_SECONDS * 10);
  const x = (at: number): number =>
    FRAME.left +
    ((FRAME.right - FRAME.left) * Math.log(Math.max(at, FIRST_SECONDS) / FIRST_SECONDS)) /
      Math.log(end / FIRST_SECONDS);
  // The first cuts lie far below: the picture begins where the last twentieth does, or at the first cut.
  const low = Math.max(points[0].cut, 0.95 * last.cut) - 1;
  const y = (cut: number): number =>
    FRAME.bottom - ((FRAME.bottom - FRAME.top) * Math.max(0, cut - low)) / Math.max(1, last.cut - low);
  const [first, ...rest] = points;
  const steps = rest.map(({ seconds: at, cut }) => `H${x(at).toFixed(1)}V${y(cut).toFixed(1)}`);
  const path = `M${x(first.seconds).toFixed(1)},${y(first.cut).toFixed(1)}${steps.join('')}H${x(Math.min(until, end)).toFixed(1)}`;
  svg.replaceChildren(
    element('path', { class: 'axis', fill: 'none', d: `M${FRAME.left},${FRAME.top}V${FRAME.bottom}H${FRAME.right}` }),
    ...TICKS.filter((tick) => tick <= end).map((tick) =>
      element('text', { x: x(tick), y: FRAME.bottom + 18, 'text-anchor': 'middle' }, `${tick} s`),
    ),
    ...[low + 1, last.cut].map((cut) =>
      element('text', { x: FRAME.left - 8, y: y(cut) + 4, 'text-anchor': 'end' }, String(Math.round(cut))),
    ),
    element('path', { class: 'curve', d: path }),
    element('text', { class: 'best', x: FRAME.right + 8, y: y(last.cut) + 4 }, `cut ${last.cut}`),
  );
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}
