/** Rows of a table as the network takes them: standardised features, skills by index, and the numbers of an answer. */
import type { Numbers } from '@qurriculum/kernels';
import type { InteractionTable } from '../../interactions.ts';
import type { RowsByLearner } from '../../interactions-builder.ts';
import { rowsByLearner } from '../../interactions-select.ts';
import { featureNames } from '../regression/features.ts';
import { answerEmbedding, answerNumbers, answerWidth, padded } from './shape.ts';

/** Mean and deviation of each feature over the training rows, as float32. */
export interface Standard {
  readonly mean: Float32Array;
  /** One over the standard deviation; 0 for a feature that is constant. */
  readonly scale: Float32Array;
}

export interface NetworkRows {
  readonly byLearner: RowsByLearner;
  /** Rows x featureNames.length, standardised. */
  readonly features: Float32Array;
  readonly correct: Uint8Array;
  /** Skills of a row by index in the network's embeddings. */
  skillsOf(row: number): readonly number[];
}

type Pause = () => Promise<void>;

export const featureCount = featureNames.length;
export const featureWidth = padded(featureCount);

// A value further out than this says no more than that it is far out.
const furthest = 5;

/** Of a matrix of rows x featureNames.length. */
export async function standardOf(features: Float32Array, pause: Pause): Promise<Standard> {
  const rows = features.length / featureCount;
  const sum = new Float64Array(featureCount);
  const squares = new Float64Array(featureCount);
  await inBlocks(rows, pause, (row) => {
    const at = row * featureCount;
    for (let f = 0; f < featureCount; f++) sum[f] += features[at + f];
  });
  const mean = Float32Array.from(sum, (total) => total / Math.max(1, rows));
  await inBlocks(rows, pause, (row) => {
    const at = row * featureCount;
    for (let f = 0; f < featureCount; f++) squares[f] += (features[at + f] - mean[f]) ** 2;
  });
  return { mean, scale: Float32Array.from(squares, (total) => (total > 1e-9 * rows ? Math.sqrt(rows / total) : 0)) };
}

/** Calls `visit` with every row; others have a turn after every some thousand. */
async function inBlocks(rows: number, pause: Pause, visit: (row: number) => void): Promise<void> {
  for (let row = 0; row < rows; row++) {
    if (row % 4096 === 0) await pause();
    visit(row);
  }
}

/** (x - mean) / deviation, at most 5 from 0, of the features at out[at...], in place. */
export function standardise({ mean, scale }: Standard, out: Float32Array, at: number): void {
  for (let f = 0; f < featureCount; f++) {
    out[at + f] = Math.max(-furthest, Math.min(furthest, (out[at + f] - mean[f]) * scale[f]));
  }
}

/** Rows of a table with their features, which are standardised in place. */
export async function networkRows(
  table: InteractionTable,
  features: Float32Array,
  standard: Standard,
  skillIndex: (label: string) => number,
  pause: Pause,
): Promise<NetworkRows> {
  await inBlocks(table.rows, pause, (row) => standardise(standard, features, row * featureCount));
  const ofSkill = table.skills.map(skillIndex);
  const ofSet = table.skillSets.map((set) => (set.length === 0 ? [skillIndex('')] : set.map((s) => ofSkill[s])));
  return {
    byLearner: rowsByLearner(table),
    features,
    correct: table.correct,
    skillsOf: (row) => ofSet[table.skillSet[row]],
  };
}

const numberOf = (name: string): number => {
  const at = featureNames.indexOf(name);
  if (at < 0) throw new RangeError(`network rows: expected a feature "${name}", got none; name one of featureNames.`);
  return at;
};

const itemOdds = numberOf('log-odds of the item');
const passedOn = [
  numberOf('same skills as before'),
  numberOf('time since, everything'),
  numberOf('answers since, these skills'),
  numberOf('log-odds of the skills'),
];

/** Outcome, item log-odds, their product and more about the question: beside the answer's embedding in `answers`. */
export function writeAnswerNumbers(
  features: ArrayLike<number>,
  from: number,
  correct: number,
  answers: Numbers,
  row: number,
): void {
  const at = row * answerWidth + answerEmbedding;
  const outcome = 2 * correct - 1;
  const odds = features[from + itemOdds];
  answers[at] = outcome;
  answers[at + 1] = odds;
  answers[at + 2] = outcome * odds;
  for (const [k, f] of passedOn.entries()) answers[at + 3 + k] = features[from + f];
  for (let k = 3 + passedOn.length; k < answerNumbers; k++) answers[at + k] = 0;
}
