/**
 * Exact inference over binary variables by bucket elimination with messages both ways (Dechter 1999, Artificial
 * Intelligence 113, 41-85; the junction tree of Lauritzen & Spiegelhalter 1988). Work and memory grow with 2^width of the
 * elimination order (min-fill), and linearly with the number of variables: for a tree of prerequisites with items on
 * single branches the width is 1, however many states there are.
 */
import { DiagnosisError } from './errors.ts';

/** Inference for fixed scopes. */
export interface NetworkTables {
  /**
   * Takes one non-negative table per scope (2^n entries, bit i is scope[i]); writes each scope's marginal, and returns the
   * logarithm of the sum over all assignments of the product of the tables (-Infinity when it is 0).
   */
  infer(tables: readonly Float64Array[], beliefs: readonly Float64Array[]): number;
}

export interface BucketTree extends NetworkTables {
  /** Variables that one table holds besides its own, at most. */
  readonly width: number;
}

interface Bucket {
  /** Eliminated variable first, then its separator. */
  readonly members: readonly number[];
  parent: number;
  readonly factors: number[];
  readonly children: number[];
  /** Per factor: index of its table for each entry of this bucket's. */
  readonly factorIndex: Int32Array[];
  /** For each entry of the PARENT's table: the entry of this bucket's separator. */
  fromParent: Int32Array;
}

/** Entries of all tables together: beyond, one learner takes more than some milliseconds. */
const MOST_ENTRIES = 2 ** 20;

/** Entries that the tables of a bucket tree would hold: what one inference costs. */
export function bucketTreeEntries(variables: number, scopes: readonly (readonly number[])[]): number {
  return eliminate(variables, scopes).buckets.reduce((sum, { members }) => sum + 2 ** members.length, 0);
}

/**
 * Prepares inference for fixed scopes.
 * @throws DiagnosisError TOO_LARGE when the tables would hold more than a million entries.
 */
export function createBucketTree(variables: number, scopes: readonly (readonly number[])[]): BucketTree {
  const { buckets, bucketOf } = eliminate(variables, scopes);
  const entries = buckets.reduce((sum, { members }) => sum + 2 ** members.length, 0);
  const width = Math.max(...buckets.map(({ members }) => members.length - 1));
  if (entries > MOST_ENTRIES) {
    throw new DiagnosisError(
      'TOO_LARGE',
      `createBucketTree: expected items and prerequisites that can be taken apart in tables of at most ${MOST_ENTRIES} ` +
        `entries, got ${entries} (width ${width}); use items on fewer branches.`,
    );
  }
  scopes.forEach((scope, f) => {
    const position = Math.min(...scope.map((variable) => bucketOf[variable]));
    const bucket = buckets[position];
    bucket.factors.push(f);
    bucket.factorIndex.push(projection(bucket.members, scope));
  });
  buckets.forEach((bucket, b) => {
    if (bucket.parent < 0) return;
    buckets[bucket.parent].children.push(b);
    bucket.fromParent = projection(buckets[bucket.parent].members, bucket.members.slice(1));
  });
  return { width, infer: createInference(buckets) };
}

/** For each assignment of `members` the index of the assignment of `scope`, a part of them. */
function projection(members: readonly number[], scope: readonly number[]): Int32Array {
  const places = scope.map((variable) => members.indexOf(variable));
  return Int32Array.from({ length: 2 ** members.length }, (_, entry) =>
    places.reduce((index, place, i) => index | (((entry >> place) & 1) << i), 0),
  );
}

/** Buckets in the order of elimination: always the variable whose neighbours lack the fewest links among themselves. */
function eliminate(variables: number, scopes: readonly (readonly number[])[]) {
  const neighbours: Set<number>[] = Array.from({ length: variables }, () => new Set());
  for (const scope of scopes) for (const a of scope) for (const b of scope) if (a !== b) neighbours[a].add(b);
  const left = new Set(neighbours.keys());
  const bucketOf = new Int32Array(variables);
  const buckets: Bucket[] = [];
  while (left.size > 0) {
    let best = -1;
    let fewest = Infinity;
    for (const variable of left) {
      const missing = missingLinks(neighbours, variable);
      if (missing < fewest || (missing === fewest && neighbours[variable].size < neighbours[best].size)) {
        best = variable;
        fewest = missing;
      }
    }
    const separator = [...neighbours[best]].sort((a, b) => a - b);
    for (const a of separator) {
      neighbours[a].delete(best);
      for (const b of separator) if (a !== b) neighbours[a].add(b);
    }
    left.delete(best);
    bucketOf[best] = buckets.length;
    buckets.push({
      ...{ members: [best, ...separator], parent: -1, factors: [], children: [], factorIndex: [] },
      fromParent: new Int32Array(0),
    });
  }
  for (const bucket of buckets) {
    const after = bucket.members.slice(1).map((variable) => bucketOf[variable]);
    if (after.length > 0) bucket.parent = Math.min(...after);
  }
  return { buckets, bucketOf };
}

function missingLinks(neighbours: readonly ReadonlySet<number>[], variable: number): number {
  const around = [...neighbours[variable]];
  let missing = 0;
  around.forEach((a, i) => {
    for (const b of around.slice(i + 1)) if (!neighbours[a].has(b)) missing++;
  });
  return missing;
}

function createInference(buckets: readonly Bucket[]): NetworkTables['infer'] {
  const tables = buckets.map(({ members }) => new Float64Array(2 ** members.length));
  const up = buckets.map(({ members }) => new Float64Array(2 ** (members.length - 1)));
  const down = buckets.map(({ members }) => new Float64Array(2 ** (members.length - 1)));

  /** Products of factors and of messages from below, first variables first; each message is scaled to a sum of 1. */
  function collect(factors: readonly Float64Array[]): number {
    let logSum = 0;
    for (let b = 0; b < buckets.length; b++) {
      const table = tables[b].fill(1);
      const bucket = buckets[b];
      for (let f = 0; f < bucket.factors.length; f++) {
        const factor = factors[bucket.factors[f]];
        const index = bucket.factorIndex[f];
        for (let entry = 0; entry < table.length; entry++) table[entry] *= factor[index[entry]];
      }
      for (const child of bucket.children) {
        const { fromParent } = buckets[child];
        for (let entry = 0; entry < table.length; entry++) table[entry] *= up[child][fromParent[entry]];
      }
      // The eliminated variable is bit 0.
      let sum = 0;
      for (let entry = 0; entry < table.length; entry++) sum += table[entry];
      if (sum === 0) return -Infinity;
      logSum += Math.log(sum);
      for (let entry = 0; entry < table.length; entry++) table[entry] /= sum;
      const message = up[b];
      for (let entry = 0; entry < message.length; entry++) message[entry] = table[2 * entry] + table[2 * entry + 1];
    }
    return logSum;
  }

  /** Messages from above: the parent's belief without what came from this bucket. */
  function distribute(): void {
    for (let b = buckets.length - 1; b >= 0; b--) {
      const { parent, fromParent } = buckets[b];
      if (parent < 0) continue;
      const message = down[b].fill(0);
      const above = tables[parent];
      for (let entry = 0; entry < above.length; entry++) message[fromParent[entry]] += above[entry];
      const table = tables[b];
      for (let entry = 0; entry < message.length; entry++) {
        const ratio = up[b][entry] > 0 ? message[entry] / up[b][entry] : 0;
        table[2 * entry] *= ratio;
        table[2 * entry + 1] *= ratio;
      }
    }
  }

  return (factors, beliefs) => {
    const logSum = collect(factors);
    if (logSum === -Infinity) return logSum;
    distribute();
    buckets.forEach((bucket, b) => {
      bucket.factors.forEach((f, k) => {
        const belief = beliefs[f].fill(0);
        const index = bucket.factorIndex[k];
        for (let entry = 0; entry < index.length; entry++) belief[index[entry]] += tables[b][entry];
      });
    });
    return logSum;
  };
}
