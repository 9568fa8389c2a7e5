/** The page: takes a Max-Cut file, hands it to the worker, and draws what the worker tells. */
import { drawCurve } from './curve.ts';
import type { CutPoint, FromWorker, ToWorker } from './messages.ts';
import { randomGraphFile } from './random-graph.ts';

interface Graph {
  readonly name: string;
  readonly text: string;
}

const find = <T extends Element>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof kind))
    throw new Error(`page: expected ${kind.name} #${id}, got ${found}; correct index.html.`);
  return found;
};

const start = find('start', HTMLButtonElement);
const cancel = find('cancel', HTMLButtonElement);
const chosen = find('file', HTMLInputElement);
const plot = find('plot', SVGSVGElement);
const number = (id: string): number => find(id, HTMLInputElement).valueAsNumber;

const worker = new Worker(new URL('./anneal-worker.ts', import.meta.url), { type: 'module' });
const tell = (message: ToWorker): void => worker.postMessage(message);
let graph: Graph | undefined;
let seconds = 0;

function say(id: 'graph' | 'state', text: string): void {
  const place = find(id, HTMLParagraphElement);
  if (place.textContent !== text) place.textContent = text;
}

function take(next: Graph): void {
  graph = next;
  const [vertices, edges] = next.text.trimStart().split(/\s+/, 2);
  say('graph', `${next.name}: ${vertices} vertices, ${edges} edges.`);
}

function show(points: readonly CutPoint[], until = points.at(-1)?.seconds ?? 0): void {
  drawCurve(plot, { points, seconds, until });
}

function setRunning(running: boolean): void {
  start.disabled = running;
  cancel.disabled = !running;
}

worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
  if (data.kind === 'failed') {
    say('state', data.message);
    setRunning(false);
    return;
  }
  show(data.points, data.kind === 'done' ? data.seconds : undefined);
  if (data.kind === 'better') return;
  const best = data.points.at(-1)?.cut;
  say('state', `${data.cancelled ? 'Cancelled' : 'Done'} after ${data.seconds.toFixed(2)} s: best cut ${best}.`);
  setRunning(false);
});

find('form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  if (graph === undefined) return;
  seconds = number('seconds');
  setRunning(true);
  say('state', `Annealing ${graph.name}.`);
  show([]);
  tell({ kind: 'start', name: graph.name, text: graph.text, seconds, seed: number('seed') });
});

cancel.addEventListener('click', () => tell({ kind: 'cancel' }));

const takeFile = async (file: File | undefined): Promise<void> => {
  if (file !== undefined) take({ name: file.name, text: await file.text() });
};

chosen.addEventListener('change', () => void takeFile(chosen.files?.[0]));
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  void takeFile(event.dataTransfer?.files[0]);
});

/** G22 where it lies beside the page, else a graph of its size. Servers of one page answer every address with it. */
async function firstGraph(): Promise<Graph> {
  const response = await fetch('./G22.mc').catch(() => null);
  const text = response?.ok ? await response.text() : '';
  if (/^\s*\d/.test(text)) return { name: 'G22.mc', text };
  return { name: 'Random graph, seed 22', text: randomGraphFile(2000, 19_990, 22) };
}

take(await firstGraph());
