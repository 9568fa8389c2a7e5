/**
 * Where a search for an embedding may begin: one qubit for every variable, neighbours near each other, with room between
 * them (Pinilla & Wilson 2019, "Layout-aware embedding for quantum annealing processors", ISC High Performance). Places are
 * exchanged by simulated annealing as circuits are placed (Sechen & Sangiovanni-Vincentelli 1985, "The TimberWolf placement
 * and routing package"), with
 *
 *   cost = sum over pairs (u, v) of distance(place of u, place of v)^1.5,
 *
 * distances in couplers. The power sits between the total length of the chains and the length of the longest.
 */
import type { Random } from '@qurriculum/random';
import type { TargetGraph } from './graph.ts';

/** Proposals per variable, and evaluated terms in all: about a second. */
const EXCHANGES = 2000;
const MOST_TERMS = 1e8;
/** First temperature over the mean cost of two places; the last is a small part of one coupler. */
const HOT = 0.4;
const COLD = 0.1;
/** Qubits of which the most central one is the middle of the room. */
const CENTRES = 32;
/** Distances are kept in bytes. */
const FARTHEST = 255;
/** Terms evaluated between two calls of `pause`. */
const SLICE_TERMS = 1e5;

export interface LayoutOptions {
  /** Qubits around the middle of the chip that are taken into account; at least as many as there are variables are. */
  readonly room: number;
  /** True ends the exchanges. */
  readonly over: () => boolean;
  /** Called between small pieces of work; may wait, and rejects to end. */
  readonly pause: () => Promise<void>;
}

/** A qubit for every variable, all different. There must be as many. */
export async function startLayout(
  neighbours: readonly Int32Array[],
  target: TargetGraph,
  random: Random,
  options: LayoutOptions,
): Promise<Int32Array> {
  const places = await spreadPlaces(neighbours.length, target, random, options);
  const distances = await distancesBetween(places, target, options);
  const at = random.shuffle(Array.from(places, (_, k) => k));
  await exchangePlaces(neighbours, distances, at, random, options);
  return Int32Array.from(at, (place) => places[place]);
}

/** Couplers from a qubit to every other; `FARTHEST` for those farther away or not to be reached. */
function distancesFrom(qubit: number, { qubits, rowStart, neighbour }: TargetGraph): Uint8Array {
  const distance = new Uint8Array(qubits.length).fill(FARTHEST);
  const queue = [qubit];
  distance[qubit] = 0;
  for (const from of queue) {
    if (distance[from] === FARTHEST - 1) break;
    for (let k = rowStart[from]; k < rowStart[from + 1]; k++) {
      const next = neighbour[k];
      if (distance[next] < FARTHEST) continue;
      distance[next] = distance[from] + 1;
      queue.push(next);
    }
  }
  return distance;
}

/** Qubits around the middle, each as far as can be from those before it (Gonzalez 1985). */
async function spreadPlaces(
  count: number,
  target: TargetGraph,
  random: Random,
  { room, pause }: LayoutOptions,
): Promise<Int32Array> {
  let around: Uint8Array = new Uint8Array(0);
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < CENTRES; k++) {
    await pause();
    const distance = distancesFrom(random.integer(target.qubits.length), target);
    const sum = distance.reduce((total, each) => total + each, 0);
    if (sum < least) [least, around] = [sum, distance];
  }
  const nearest = random.shuffle(Array.from(around, (_, qubit) => qubit)).sort((a, b) => around[a] - around[b]);
  const inside = nearest.slice(0, Math.max(count, room));
  const places = new Int32Array(count);
  const gap = new Int32Array(target.qubits.length).fill(FARTHEST + 1);
  for (let k = 0; k < count; k++) {
    await pause();
    let farthest = inside[0];
    for (const qubit of inside) if (gap[qubit] > gap[farthest]) farthest = qubit;
    places[k] = farthest;
    const distance = distancesFrom(farthest, target);
    for (const qubit of inside) gap[qubit] = Math.min(gap[qubit], distance[qubit]);
    // Below 0, so that it is not taken again where other qubits are left at no distance.
    gap[farthest] = -1;
  }
  return places;
}

/** count x count, row by row. */
async function distancesBetween(
  places: Int32Array,
  target: TargetGraph,
  { pause }: LayoutOptions,
): Promise<Uint8Array> {
  const size = places.length;
  const distances = new Uint8Array(size * size);
  for (const [k, place] of places.entries()) {
    await pause();
    const distance = distancesFrom(place, target);
    for (let l = 0; l < size; l++) distances[k * size + l] = distance[places[l]];
  }
  return distances;
}

/** Anneals which variable stands where (`at`: number of its place), by exchanges of two. */
async function exchangePlaces(
  neighbours: readonly Int32Array[],
  distances: Uint8Array,
  at: number[],
  random: Random,
  { over, pause }: LayoutOptions,
): Promise<void> {
  const size = at.length;
  const price = Float64Array.from({ length: FARTHEST + 1 }, (_, distance) => distance ** 1.5);
  /** Of a variable on a place; the pair with `other`, which an exchange does not change, left out. */
  const cost = (variable: number, place: number, other: number): number => {
    let sum = 0;
    for (const next of neighbours[variable]) if (next !== other) sum += price[distances[place * size + at[next]]];
    return sum;
  };
  const terms = neighbours.reduce((sum, { length }) => sum + length, 0);
  const perExchange = 1 + (4 * terms) / Math.max(1, size);
  const exchanges = Math.min(EXCHANGES * size, Math.ceil(MOST_TERMS / perExchange));
  const slice = Math.max(1, Math.floor(SLICE_TERMS / perExchange));
  const hot = Math.max(COLD, (HOT * distances.reduce((sum, distance) => sum + price[distance], 0)) / (size * size));
  for (let k = 0; k < exchanges; k++) {
    if (k % slice === 0) {
      await pause();
      if (over()) return;
    }
    const temperature = hot * (COLD / hot) ** (k / exchanges);
    const [a, b] = [random.integer(size), random.integer(size)];
    const gain = cost(a, at[a], b) + cost(b, at[b], a) - cost(a, at[b], b) - cost(b, at[a], a);
    if (gain >= 0 || random.next() < Math.exp(gain / temperature)) [at[a], at[b]] = [at[b], at[a]];
  }
}
