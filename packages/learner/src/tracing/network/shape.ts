/** Sizes of the network and where each of its weights lies in one flat array. */
import type { Numbers } from '@qurriculum/kernels';

export interface NetworkShape {
  /** Skills with an embedding of their own; one more stands for every skill not met in training. */
  readonly skills: number;
  /** Features of a question, padded to a multiple of 4. */
  readonly features: number;
}

/** Width of the recurrent state, of the embedding of a question's skills, and of the hidden layer. */
export const stateWidth = 64;
/** Width of the embedding of skill and outcome, and of the numbers beside it that enter the recurrent unit. */
export const answerEmbedding = 32;
export const answerNumbers = 8;
export const answerWidth = answerEmbedding + answerNumbers;

const lengthsOf = ({ skills, features }: NetworkShape) => ({
  /** Row 2 s + outcome; 32 wide. */
  answerEmbedding: 2 * (skills + 1) * answerEmbedding,
  /** 40 x 192 and 64 x 192: reset gate, update gate, candidate side by side. */
  answerWeights: answerWidth * 3 * stateWidth,
  answerBias: 3 * stateWidth,
  stateWeights: stateWidth * 3 * stateWidth,
  stateBias: 3 * stateWidth,
  /** Row s; 64 wide. */
  skillEmbedding: (skills + 1) * stateWidth,
  skillBias: skills + 1,
  /** Into the hidden layer, 64 columns each. */
  hiddenOfState: stateWidth * stateWidth,
  hiddenOfSkill: stateWidth * stateWidth,
  hiddenOfFeatures: features * stateWidth,
  hiddenBias: stateWidth,
  outputWeights: stateWidth,
  outputBias: 1,
});

export type WeightName = keyof ReturnType<typeof lengthsOf>;
export type Weights = Readonly<Record<WeightName, Numbers>>;

/** Numbers in the flat array: every part begins at a multiple of 4. */
export function weightCount(shape: NetworkShape): number {
  return Object.values(lengthsOf(shape)).reduce((sum, length) => sum + padded(length), 0);
}

/** Parts of the flat array, by name. */
export function weightViews(flat: Numbers, shape: NetworkShape): Weights {
  let at = 0;
  const views = Object.entries(lengthsOf(shape)).map(([name, length]) => {
    const view = flat.subarray(at, at + length);
    at += padded(length);
    return [name, view] as const;
  });
  return Object.fromEntries(views) as unknown as Weights;
}

/** The next multiple of 4. */
export function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
