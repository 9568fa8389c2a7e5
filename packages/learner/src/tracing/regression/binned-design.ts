/**
 * Binned features and crosses: each feature is cut at quantiles of the training rows, and some pairs of features at coarser
 * ones; a row is then one cell per feature and one per cross, and the model a weight per cell. Within a feature, cells also
 * share a slope over the standardised middle of their bins, and within a cross over the product of the two, so that cells
 * of few rows follow the trend.
 */
import { featureNames } from './features.ts';

/** How rows become cells. All by feature or by cross. */
export interface BinnedDesign {
  /** Indices of the features in use: those that are not constant. */
  readonly features: readonly number[];
  /** Ascending; a value belongs to the bin numbered by how many edges are at or below it. */
  readonly edges: readonly Float32Array[];
  /** Standardised middle of each bin. */
  readonly middles: readonly Float64Array[];
  /** By fine bin: its coarse bin, for crosses. */
  readonly coarse: readonly Uint8Array[];
  readonly coarseMiddles: readonly Float64Array[];
  /** Positions in `features`. */
  readonly crosses: readonly (readonly [number, number])[];
  /** First cell of each feature, then of each cross, then the number of cells. */
  readonly start: Int32Array;
}

const fineBins = 32;
const coarseBins = 12;

const itemOdds = 'log-odds of the item';
const pairOdds = 'log-odds of the item after the last item';

/** Pairs of features that act on each other; found on held-out learners of the training parts of the published sets. */
const crossNames: readonly (readonly [string, string])[] = [
  ...[
    'residual decayed at 0.9, these skills',
    'residual decayed at 0.97, everything',
    'residual decayed at 0.75, everything',
    'residual, everything',
    'share right decayed at 0.9, everything',
    'share right decayed at 0.75, these skills',
    'residual outside these skills',
    'answers, these skills',
    'last outcome, this item',
    'answers known on the item',
  ].map((name) => [itemOdds, name] as const),
  ...[
    'residual decayed at 0.9, these skills',
    'residual decayed at 0.97, everything',
    'share right decayed at 0.9, everything',
    'answers, these skills',
    'last outcome, everything',
    'answers known on the item after the last item',
    itemOdds,
  ].map((name) => [pairOdds, name] as const),
  ['answers, these skills', 'residual, these skills'],
  ['answers, these skills', 'share right decayed at 0.5, these skills'],
  ['answers, these skills', 'run, these skills'],
  ['residual decayed at 0.9, these skills', 'residual decayed at 0.97, everything'],
  ['run, these skills', 'residual, everything'],
  ['last outcome, this item', 'answers since, this item'],
  ['same skills as before', 'last outcome, everything'],
  ['time since, everything', 'residual decayed at 0.5, everything'],
  ['time since, these skills', 'residual decayed at 0.9, these skills'],
  ['answers since, these skills', 'residual decayed at 0.9, these skills'],
  ['answers, everything', 'residual, everything'],
  ['log-odds of the skills after these two outcomes', 'residual, everything'],
  ['log-odds of the skills at this attempt', 'residual decayed at 0.9, these skills'],
];

/** @param sample rows x featureNames.length of training rows, in any order. */
export function createBinnedDesign(sample: Float32Array): BinnedDesign {
  const width = featureNames.length;
  const columns = featureNames.map((_, f) =>
    Float32Array.from({ length: sample.length / width }, (_, row) => sample[row * width + f]).sort(),
  );
  const allEdges = columns.map((column) => quantileEdges(column, fineBins));
  const features = [...allEdges.keys()].filter((f) => allEdges[f].length > 0 && !repeats(columns, f));
  const edges = features.map((f) => allEdges[f]);
  const middles = features.map((f, k) => middlesOf(columns[f], edges[k]));
  const coarse = edges.map((cuts) => {
    const bins = cuts.length + 1;
    const fewer = Math.min(bins, coarseBins);
    return Uint8Array.from({ length: bins }, (_, bin) => Math.floor((bin * fewer) / bins));
  });
  return designOf({ features, edges, middles, coarse });
}

type DesignParts = Pick<BinnedDesign, 'features' | 'edges' | 'middles' | 'coarse'>;

/** The rest of a design follows from its bins. */
export function designOf({ features, edges, middles, coarse }: DesignParts): BinnedDesign {
  const position = (name: string) => features.indexOf(featureNames.indexOf(name));
  const crosses = crossNames.map(([a, b]) => [position(a), position(b)] as const).filter(([a, b]) => a >= 0 && b >= 0);
  const coarseMiddles = coarse.map((of, k) => coarseMiddlesOf(of, middles[k]));
  const sizes = [
    ...edges.map((cuts) => cuts.length + 1),
    ...crosses.map(([a, b]) => coarseMiddles[a].length * coarseMiddles[b].length),
  ];
  const start = new Int32Array(sizes.length + 1);
  for (let k = 0; k < sizes.length; k++) start[k + 1] = start[k] + sizes[k];
  return { features, edges, middles, coarse, coarseMiddles, crosses, start };
}

/** Bins of a row's features, one per feature in use, to bins[at...]. */
export function binRow({ features, edges }: BinnedDesign, row: Float32Array, bins: Uint8Array, at: number): void {
  for (let k = 0; k < features.length; k++) {
    const value = row[features[k]];
    const cuts = edges[k];
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cuts[middle] <= value) low = middle + 1;
      else high = middle;
    }
    bins[at + k] = low;
  }
}

/** Cells of a row from its bins: one per feature, then one per cross. */
export function cellsOfRow(
  { features, coarse, coarseMiddles, crosses, start }: BinnedDesign,
  bins: Uint8Array,
  at: number,
  cells: Int32Array,
): void {
  const fine = features.length;
  for (let k = 0; k < fine; k++) cells[k] = start[k] + bins[at + k];
  for (let c = 0; c < crosses.length; c++) {
    const [a, b] = crosses[c];
    cells[fine + c] = start[fine + c] + coarse[a][bins[at + a]] * coarseMiddles[b].length + coarse[b][bins[at + b]];
  }
}

/** By cell: what its shared slope is multiplied with. */
export function cellTrends({ middles, coarseMiddles, crosses }: BinnedDesign): Float64Array {
  const products = crosses.flatMap(([a, b]) =>
    [...coarseMiddles[a]].flatMap((x) => [...coarseMiddles[b]].map((y) => x * y)),
  );
  return Float64Array.from([...middles.flatMap((values) => [...values]), ...products]);
}

/** Distinct quantiles; none for a constant. */
function quantileEdges(sorted: Float32Array, bins: number): Float32Array {
  const edges: number[] = [];
  for (let b = 1; b < bins; b++) {
    const value = sorted[Math.floor((b * sorted.length) / bins)];
    if (value > (edges.at(-1) ?? sorted[0])) edges.push(value);
  }
  return Float32Array.from(edges);
}

// Of a table without items of several skills the features of single skills are those of the set once more.
function repeats(columns: readonly Float32Array[], f: number): boolean {
  const name = featureNames[f];
  if (!name.startsWith('least ')) return false;
  const other = columns[featureNames.indexOf(name.replace('least ', 'mean '))];
  return columns[f].every((value, row) => value === other[row]);
}

/** Means of the sample's values in each bin, standardised, within four deviations. */
function middlesOf(sorted: Float32Array, edges: Float32Array): Float64Array {
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length;
  const sums = new Float64Array(edges.length + 1);
  const counts = new Float64Array(edges.length + 1);
  let bin = 0;
  for (const value of sorted) {
    while (bin < edges.length && value >= edges[bin]) bin++;
    sums[bin] += value;
    counts[bin]++;
  }
  return sums.map((sum, b) => Math.max(-4, Math.min(4, (sum / Math.max(1, counts[b]) - mean) / Math.sqrt(variance))));
}

function coarseMiddlesOf(coarse: Uint8Array, middles: Float64Array): Float64Array {
  const size = coarse[coarse.length - 1] + 1;
  const means = new Float64Array(size);
  const counts = new Float64Array(size);
  for (let bin = 0; bin < coarse.length; bin++) {
    means[coarse[bin]] += middles[bin];
    counts[coarse[bin]]++;
  }
  return means.map((sum, b) => sum / counts[b]);
}
