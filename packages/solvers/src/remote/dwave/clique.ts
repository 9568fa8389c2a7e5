/**
 * Chains for a model in which everything is coupled, along the lines of the chip: the triangle of Choi 2011,
 * "Minor-embedding in adiabatic quantum computation II" (Quantum Information Processing 10, 343), and Boothby, King & Roy
 * 2016, "Fast clique minor generation in Chimera qubit connectivity graphs" (Quantum Information Processing 15, 495), for
 * any chip whose qubits are stretches of crossing lines. Chain i is an L: its vertical wire from its own corner to the
 * last chain's row, its horizontal wire from the first chain's column to its own corner, so that every two cross once:
 *
 *   i <= j:  the vertical part of i meets the horizontal part of j.
 *
 * Near the rim not every two lines cross (on Pegasus wires are shifted against each other); there wires are put in an
 * order in which all that must cross do, which reaches the K_12(m-1) of Boothby, Bunyk, Raymond & Roy 2020 on Pegasus P_m.
 * Windows of wires over the whole chip are tried; chains that run over missing qubits or couplers are left out, and what
 * a window holds beyond that is used.
 */
import type { TargetGraph } from './graph.ts';
import { type Segment, segmentOf } from './topology.ts';

/** Positions tried in each direction, and how much larger than needed a window may be, so that faulty chains can be spared. */
const STEPS = 12;
const SLACKS = [0, 0.05, 0.15, 0.3, 0.6];

type Chains = readonly Int32Array[];

interface Wire {
  readonly line: number;
  /** By position. */
  readonly qubits: readonly number[];
  readonly segments: readonly Segment[];
}

/**
 * `size` chains of which every two are coupled, the shortest of those found; null where none was found or the chip's
 * geometry is not known. `pause` is called between windows.
 */
export async function cliqueEmbedding(
  size: number,
  target: TargetGraph,
  pause: () => Promise<void> = async () => {},
): Promise<Chains | null> {
  if (target.topology === null || size < 1) return null;
  const [vertical, horizontal] = wiresOf(target);
  for (const slack of SLACKS) {
    const width = Math.ceil(size * (1 + slack));
    let best: Chains | null = null;
    for (const [columns, rows] of windows(vertical, horizontal, width)) {
      await pause();
      const chains = cliqueIn(columns, rows, target, size);
      if (chains && (best === null || count(chains) < count(best))) best = chains;
    }
    if (best) return best;
  }
  return null;
}

const count = (chains: Chains): number => chains.reduce((sum, { length }) => sum + length, 0);

/** Vertical and horizontal wires, in the order of their lines. */
function wiresOf({ qubits, topology }: TargetGraph): readonly [readonly Wire[], readonly Wire[]] {
  const groups = new Map<
    string,
    { readonly vertical: boolean; readonly wire: { line: number; qubits: number[]; segments: Segment[] } }
  >();
  for (const [position, number] of qubits.entries()) {
    const segment = segmentOf(topology!, number);
    const group = groups.get(segment.wire) ?? {
      vertical: segment.vertical,
      wire: { line: segment.line, qubits: [], segments: [] },
    };
    group.wire.qubits.push(position);
    group.wire.segments.push(segment);
    groups.set(segment.wire, group);
  }
  const all = [...groups.values()];
  const ordered = (vertical: boolean): readonly Wire[] =>
    all
      .filter((group) => group.vertical === vertical)
      .map(({ wire }) => wire)
      .sort((a, b) => a.line - b.line);
  return [ordered(true), ordered(false)];
}

/** Windows of so many wires each way, the rows in both orders. */
function* windows(
  vertical: readonly Wire[],
  horizontal: readonly Wire[],
  width: number,
): Generator<readonly [readonly Wire[], readonly Wire[]]> {
  for (const x of starts(vertical.length - width)) {
    for (const y of starts(horizontal.length - width)) {
      const columns = vertical.slice(x, x + width);
      const rows = horizontal.slice(y, y + width);
      yield [columns, rows];
      yield [columns, [...rows].reverse()];
    }
  }
}

/** 0 to `last`, evenly, at most STEPS + 1 of them. */
function starts(last: number): readonly number[] {
  if (last < 0) return [];
  const step = Math.max(1, last / STEPS);
  const found: number[] = [];
  for (let at = 0; at <= last; at += step) found.push(Math.floor(at));
  return found;
}

/** The triangle in a window; null where fewer than `size` of its chains go together. */
function cliqueIn(columns: readonly Wire[], rows: readonly Wire[], target: TargetGraph, size: number): Chains | null {
  const last = columns.length - 1;
  const [down, across] = crossingOrder(columns, rows, target);
  // Lines that the vertical wire of chain i has to cross: those of this and all later horizontal ones.
  const reach = down.map((): [number, number] => [across[last].line, across[last].line]);
  for (let i = last - 1; i >= 0; i--) {
    reach[i] = [Math.min(reach[i + 1][0], across[i].line), Math.max(reach[i + 1][1], across[i].line)];
  }
  const chains: Int32Array[] = [];
  let [low, high] = [down[0].line, down[0].line];
  for (let i = 0; i <= last; i++) {
    low = Math.min(low, down[i].line);
    high = Math.max(high, down[i].line);
    const chain = Int32Array.from([...stretch(down[i], ...reach[i]), ...stretch(across[i], low, high)]);
    if (isConnected(chain, target)) chains.push(chain);
    // Too many have failed for the rest to suffice.
    if (i + 1 - chains.length > columns.length - size) return null;
  }
  return coupledChains(chains, target, size);
}

/**
 * Orders v of the columns and h of the rows in which v_i crosses h_j for all i <= j, near the given orders: v_i may miss
 * only what stands before it among the rows,
 *
 *   |missed by v_1 ... v_i| < i,
 *
 * which columns are drawn by; rows then take the last place that they may have. As near as that comes where it cannot be.
 */
function crossingOrder(
  columns: readonly Wire[],
  rows: readonly Wire[],
  target: TargetGraph,
): readonly [readonly Wire[], readonly Wire[]] {
  const missed = missedRows(columns, rows, target);
  if (missed.every(({ length }) => length === 0)) return [columns, rows];
  const down: number[] = [];
  const seen = new Set<number>();
  const open = new Set(columns.keys());
  while (open.size > 0) {
    let next = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const v of open) {
      let added = 0;
      for (const h of missed[v]) if (!seen.has(h)) added++;
      const excess = Math.max(0, seen.size + added - down.length);
      if (excess < least) [next, least] = [v, excess];
      if (excess === 0) break;
    }
    open.delete(next);
    down.push(next);
    for (const h of missed[next]) seen.add(h);
  }
  const misses = new Int32Array(rows.length);
  for (const each of missed) for (const h of each) misses[h]++;
  const across: number[] = [];
  const left = new Set([...rows.keys()].reverse());
  for (const v of [...down].reverse()) {
    let next = -1;
    for (const h of left) {
      if (next < 0 || misses[h] < misses[next]) next = h;
      if (misses[h] === 0) break;
    }
    left.delete(next);
    across.unshift(next);
    for (const h of missed[v]) misses[h]--;
  }
  return [down.map((v) => columns[v]), across.map((h) => rows[h])];
}

/** For every column the rows that it has no coupler with. */
function missedRows(
  columns: readonly Wire[],
  rows: readonly Wire[],
  { qubits, rowStart, neighbour }: TargetGraph,
): readonly (readonly number[])[] {
  const rowOf = new Int32Array(qubits.length).fill(-1);
  for (const [h, row] of rows.entries()) for (const qubit of row.qubits) rowOf[qubit] = h;
  return columns.map((column) => {
    const missed = new Set(rows.keys());
    for (const qubit of column.qubits) {
      for (let k = rowStart[qubit]; k < rowStart[qubit + 1]; k++) missed.delete(rowOf[neighbour[k]]);
    }
    return [...missed];
  });
}

/** Qubits of a wire that cover the lines from a to b. */
function stretch({ qubits, segments }: Wire, a: number, b: number): readonly number[] {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  return qubits.filter((_, k) => segments[k].to >= low && segments[k].from <= high);
}

function isConnected(chain: Int32Array, { rowStart, neighbour }: TargetGraph): boolean {
  if (chain.length === 0) return false;
  const open = new Set(chain);
  const queue = [chain[0]];
  open.delete(chain[0]);
  for (const qubit of queue) {
    for (let k = rowStart[qubit]; k < rowStart[qubit + 1]; k++) {
      if (open.delete(neighbour[k])) queue.push(neighbour[k]);
    }
  }
  return open.size === 0;
}

/** `size` of the chains of which every two are coupled, leaving out those that miss most others; null when there are fewer. */
function coupledChains(chains: readonly Int32Array[], target: TargetGraph, size: number): Chains | null {
  const owner = new Int32Array(target.qubits.length).fill(-1);
  for (const [i, chain] of chains.entries()) for (const qubit of chain) owner[qubit] = i;
  const met = chains.map((chain) => {
    const others = new Set<number>();
    for (const qubit of chain) {
      for (let k = target.rowStart[qubit]; k < target.rowStart[qubit + 1]; k++) others.add(owner[target.neighbour[k]]);
    }
    return others;
  });
  const kept = new Set(chains.keys());
  for (;;) {
    if (kept.size < size) return null;
    let worst = -1;
    let most = 0;
    for (const i of kept) {
      let missing = 0;
      for (const j of kept) if (i !== j && !met[i].has(j)) missing++;
      if (missing > most) [worst, most] = [i, missing];
    }
    if (worst < 0) break;
    kept.delete(worst);
  }
  const chosen = [...kept].sort((a, b) => chains[a].length - chains[b].length).slice(0, size);
  return chosen.sort((a, b) => a - b).map((i) => chains[i]);
}
