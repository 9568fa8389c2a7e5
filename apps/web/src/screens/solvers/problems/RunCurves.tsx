/** Objective against time: a step curve for each solver, named where it ends, with its single solves and the proven bound. */
import { Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { ProblemRunView } from '../../../api/problem-runs.ts';
import { formatDuration, formatNumber } from '../../../components/format.ts';
import { Plot } from '../../../components/Plot.tsx';
import { KIND_COLOURS, KIND_WORDS } from '../kinds.ts';
import { type Curves, curvesOf, FIRST_SECONDS, objectiveRange, spread } from './curves.ts';
import { sayObjective } from './words.ts';

const HEIGHT = 320;
const MARGIN = { top: 12, bottom: 44, left: 64 } as const;
/** A line of type. */
const LABEL_HEIGHT = 15;
/** Solvers of one kind share its colour and differ by their dashes. */
const DASHES = ['', '7 3', '2 3', '10 3 2 3', '4 2 1 2'];

type PlotLibrary = typeof import('@observablehq/plot');

/** The ends of the curves, with labels moved apart. */
const labelsOf = (curves: Curves, low: number, high: number) => {
  const height = HEIGHT - MARGIN.top - MARGIN.bottom;
  const ends = curves.solvers.map((curve) => curve.points[curve.points.length - 1]);
  const wanted = ends.map(({ objective }) => height * (1 - (objective - low) / (high - low)));
  const placed = spread(wanted, LABEL_HEIGHT, height);
  return curves.solvers.map(({ solver, kind }, at) => ({
    ...{ text: `${solver} ${sayObjective(ends[at].objective)}`, colour: KIND_COLOURS[kind] },
    ...{ objective: ends[at].objective, dy: placed[at] - wanted[at] },
  }));
};

const useDraw = (run: ProblemRunView, curves: Curves) => {
  const { bound, seconds, file } = run;
  return useCallback(
    (plot: PlotLibrary, width: number) => {
      const { low, high, showsBound } = objectiveRange(curves, bound?.objective ?? null);
      const labels = labelsOf(curves, low, high);
      const colours = new Map(curves.solvers.map(({ solver, kind }) => [solver, KIND_COLOURS[kind]]));
      const longest = Math.max(0, ...labels.map(({ text }) => text.length));
      const single = curves.solves.flatMap(({ key, solver, points }) =>
        points.map((point) => ({ key, solver, ...point })),
      );
      const line = { x: 'seconds', y: 'objective', curve: 'step-after' as const, clip: true };
      return {
        height: HEIGHT,
        ...{ marginTop: MARGIN.top, marginBottom: MARGIN.bottom, marginLeft: MARGIN.left },
        marginRight: Math.min(width * 0.4, longest * 7 + 14),
        x: {
          ...{ type: 'log' as const, domain: [FIRST_SECONDS, seconds], tickFormat: '~g' },
          ...{ label: 'seconds, logarithmic', labelAnchor: 'center' as const, labelArrow: 'none' as const },
          labelOffset: MARGIN.bottom - 8,
          ticks: Math.max(2, Math.floor(width / 160)),
        },
        y: {
          ...{ domain: [low, high], grid: true, label: file.objectiveName, labelArrow: 'none' as const },
          ...{ ticks: 6, tickFormat: (value: number) => sayObjective(value) },
        },
        marks: [
          bound && showsBound
            ? plot.ruleY([bound.objective], { stroke: 'var(--q-text-quiet)', strokeDasharray: '3 3' })
            : null,
          bound && showsBound
            ? plot.text([bound.objective], {
                ...{
                  y: (value: number) => value,
                  frameAnchor: 'left' as const,
                  dx: 4,
                  dy: -7,
                  textAnchor: 'start' as const,
                },
                ...{ text: () => `proven bound ${sayObjective(bound.objective)}`, fill: 'var(--q-text-quiet)' },
              })
            : null,
          plot.line(single, {
            ...{ ...line, z: 'key', stroke: (d: { solver: string }) => colours.get(d.solver) ?? 'currentColor' },
            ...{ strokeWidth: 1, strokeOpacity: 0.3 },
          }),
          ...curves.solvers.map(({ points, kind, ofKind }) =>
            plot.line(points, {
              ...{ ...line, stroke: KIND_COLOURS[kind], strokeWidth: 2.25 },
              strokeDasharray: DASHES[ofKind % DASHES.length],
            }),
          ),
          // While a solver has one step there is no line yet.
          ...curves.solvers.map(({ points, kind }) =>
            plot.dot(points.slice(-1), { x: 'seconds', y: 'objective', r: 3.5, fill: KIND_COLOURS[kind] }),
          ),
          ...labels.map(({ text, colour, objective, dy }) =>
            plot.text([text], {
              ...{ y: () => objective, frameAnchor: 'right' as const, dx: 6, dy, textAnchor: 'start' as const },
              ...{ text: (value: string) => value, fill: colour, fontWeight: 600 },
            }),
          ),
        ],
      };
    },
    [curves, bound, seconds, file],
  );
};

/** "Higher is better. Best so far: anneal with 13,359." */
const describe = (run: ProblemRunView): string => {
  const { file, bound, target, solvers } = run;
  const better = file.sense === 'maximise' ? 'Higher is better.' : 'Lower is better.';
  const withAnswer = solvers.filter(({ best }) => best !== null);
  const leader = withAnswer.toSorted((a, b) => (a.behindTarget ?? 0) - (b.behindTarget ?? 0)).at(0);
  const best =
    leader === undefined || target === null
      ? 'No solve has ended yet.'
      : `Best: ${sayObjective(leader.best)} by ${leader.solver}.`;
  const gap =
    leader?.gap === null || leader === undefined
      ? ''
      : `, ${formatNumber(leader.gap, { unit: '%', decimals: 2 })} away`;
  const proved =
    bound === null
      ? 'No solver proved a bound.'
      : `Proven bound: ${sayObjective(bound.objective)} by ${bound.solver}${gap}.`;
  return `${better} ${best} ${proved}`;
};

export const RunCurves = ({ run }: { readonly run: ProblemRunView }) => {
  const curves = useMemo(() => curvesOf(run), [run]);
  const draw = useDraw(run, curves);
  if (curves.solvers.length === 0) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {run.status === 'running'
          ? 'No answer yet: the curves appear with the first one.'
          : 'No solver found an answer.'}
      </Text>
    );
  }
  return (
    <>
      <Plot
        title={`${file(run)} against time`}
        description={describe(run)}
        draw={draw}
        height={HEIGHT}
        table={{
          columns: ['Solver', 'Kind', 'Seed', 'Steps', `First ${run.file.objectiveName}`, 'Best', 'Reached after'],
          rows: run.solves
            .filter(({ trace }) => trace.length > 0)
            .map(({ solver, seed, trace }) => [
              solver,
              KIND_WORDS[run.solvers.find((one) => one.solver === solver)?.kind ?? 'classical'],
              String(seed),
              formatNumber(trace.length),
              sayObjective(trace[0].objective),
              sayObjective(trace[trace.length - 1].objective),
              formatDuration(trace[trace.length - 1].seconds),
            ]),
        }}
      />
      <Text size="xs" c="dimmed">
        Thick: what half of the solves had by then. Thin: each single solve. Colours stand for kinds of solvers, dashes
        for solvers of one kind.
      </Text>
    </>
  );
};

const file = ({ file: { objectiveName } }: ProblemRunView): string =>
  `${objectiveName.slice(0, 1).toUpperCase()}${objectiveName.slice(1)}`;
