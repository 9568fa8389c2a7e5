/**
 * Path relinking of elite states with tabu search in between (Wang, Lu, Glover & Hao 2012, "Path relinking for
 * unconstrained binary quadratic programming", sections 2 and 3, variant PR1). A few good and different states are kept;
 * one walks greedily part of the way to another, flipping only what they differ in, and tabu search goes on from there.
 */
import type { DenseTabu } from '@qurriculum/kernels';
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import type { SpinRead } from './spin-solver.ts';

/** Elite states kept. */
const ELITES = 8;
/** Share of the way from one elite state to another. */
const WAY = { least: 1 / 3, most: 2 / 3 } as const;
/**
 * Relinkings in a row that brought nothing new, per elite state, before all are replaced by new ones. The best is not kept
 * among them: the next ones would be drawn to it again.
 */
const STALE = 2;
/** Flips without a new best that end a search: at least, and per variable. */
const PATIENCE = { least: 2000, perVariable: 5 } as const;
/** Flips for which a variable is tabu: at least, per variable, and at random on top. */
const TENURE = { least: 10, perVariable: 0.01, random: 10 } as const;
/** Variables looked at between two looks at the clock: a few milliseconds. */
const SLICE_VARIABLES = 5e6;

interface Elite {
  readonly energy: number;
  readonly spins: Int32Array;
}

interface Search {
  readonly tabu: DenseTabu;
  readonly read: SpinRead;
  readonly offset: number;
  /** No fields: a state and its mirror image are one. */
  readonly mirrored: boolean;
  readonly patience: number;
  readonly tenure: number;
  readonly spread: number;
  readonly slice: number;
  elites: Elite[];
  best: Elite | null;
  /** Relinkings since one brought something new. */
  stale: number;
  flips: number;
  stopped: boolean;
}

/** One read: searches until its length is used up, and answers the elite states, best first. */
export async function searchElites(spin: BinaryQuadraticModel, tabu: DenseTabu, read: SpinRead): Promise<Int32Array[]> {
  const size = spin.linear.length;
  if (size === 0) return [read.start];
  const perVariable = Math.floor(TENURE.perVariable * size);
  // A short list must leave something to flip.
  const room = Math.floor(size / 4);
  const search: Search = {
    tabu,
    read,
    offset: spin.offset,
    mirrored: spin.linear.every((field) => field === 0),
    patience: Math.max(PATIENCE.least, PATIENCE.perVariable * size),
    tenure: Math.max(1, Math.min(Math.max(TENURE.least, perVariable), room)),
    spread: Math.min(TENURE.random, room + 1),
    slice: Math.max(1, Math.floor(SLICE_VARIABLES / size)),
    elites: [],
    best: null,
    stale: 0,
    flips: 0,
    stopped: false,
  };
  tabu.start(read.random.nextUint32(), read.start);
  for (let round = 0, starts = 0; !search.stopped; round++) {
    if (search.elites.length < 2 || starts < ELITES) {
      if (round > 0) scatter(search);
      starts++;
    } else relinkPair(search);
    const found = await improve(search);
    if (insert(search, found)) search.stale = 0;
    else search.stale++;
    if (starts >= ELITES && search.stale > STALE * ELITES) {
      search.elites = [];
      search.stale = 0;
      starts = 0;
    }
  }
  const others = search.elites.filter((elite) => elite !== search.best).sort((a, b) => a.energy - b.energy);
  return [...(search.best ? [search.best] : []), ...others].map(({ spins }) => spins);
}

/** Goes to a state drawn at random. */
function scatter({ tabu, read }: Search): void {
  const flips: number[] = [];
  for (let i = 0; i < tabu.variables; i++) if (read.random.next() < 0.5) flips.push(i);
  tabu.flip(flips);
}

/** Goes from one elite state part of the way to another. */
function relinkPair(search: Search): void {
  const { tabu, read, elites } = search;
  const { random } = read;
  const from = random.integer(elites.length);
  const to = (from + 1 + random.integer(elites.length - 1)) % elites.length;
  const moves = differing(tabu.spins(), elites[from].spins);
  tabu.flip(moves);
  let apart = differing(elites[from].spins, elites[to].spins);
  if (search.mirrored && apart.length > tabu.variables / 2) {
    const together = new Set(apart);
    apart = Array.from({ length: tabu.variables }, (_, i) => i).filter((i) => !together.has(i));
  }
  const way = WAY.least + (WAY.most - WAY.least) * random.next();
  const count = Math.max(1, Math.floor(way * apart.length));
  tabu.relink(apart, count);
  search.flips += moves.length + count;
}

/** Tabu search from the current state until patience, time or work is over; the best state found. */
async function improve(search: Search): Promise<Elite> {
  const { tabu, read, slice, patience, tenure, spread } = search;
  tabu.restart();
  for (;;) {
    const flips = Math.min(slice, Math.max(1, read.length - search.flips));
    const made = tabu.search({ flips, patience, tenure, spread });
    search.flips += made;
    const best = Math.min(search.best?.energy ?? Number.POSITIVE_INFINITY, tabu.bestEnergy());
    const done = Math.min(search.flips, read.length);
    search.stopped = (await read.look(done, best + search.offset)) || done === read.length;
    if (search.stopped || made < flips) return { energy: tabu.bestEnergy(), spins: tabu.bestSpins() };
  }
}

/** Takes a state in if it is new and there is room, or it is better than the worst. */
function insert(search: Search, found: Elite): boolean {
  const { elites } = search;
  if (search.best === null || found.energy < search.best.energy) search.best = found;
  if (elites.some((elite) => isSame(elite, found, search.mirrored))) return false;
  if (elites.length < ELITES) {
    elites.push(found);
    return true;
  }
  let worst = 0;
  for (let k = 1; k < elites.length; k++) if (elites[k].energy > elites[worst].energy) worst = k;
  if (found.energy >= elites[worst].energy) return false;
  elites[worst] = found;
  return true;
}

function isSame(a: Elite, b: Elite, mirrored: boolean): boolean {
  const turn = mirrored && a.spins[0] !== b.spins[0] ? -1 : 1;
  return a.spins.every((spin, i) => spin === turn * b.spins[i]);
}

function differing(a: Int32Array, b: Int32Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) found.push(i);
  return found;
}
