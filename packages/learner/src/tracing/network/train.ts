/** Training: Adam on batches of lanes, with truncated backpropagation and a state carried from batch to batch. */
import { cosineAndSine, type MatricesOptions, type Numbers } from '@qurriculum/kernels';
import { createRandom, type Random } from '@qurriculum/random';
import { createAdam } from './adam.ts';
import { backward } from './gradient.ts';
import { type Lanes, packLanes } from './lanes.ts';
import { carryStates, createNetwork, moveStates, type Network, readStates } from './network.ts';
import { featureCount, featureWidth, type NetworkRows, writeAnswerNumbers } from './rows.ts';
import { answerWidth, type NetworkShape, stateWidth, type WeightName } from './shape.ts';

export interface TrainingOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly lanes: number;
  /** Share of the state that the hidden layer does not get to see, 0 to below 1. */
  readonly dropout: number;
  /** Rate of the first step; it falls to 0 as a cosine. */
  readonly rate: number;
  readonly matrices?: MatricesOptions;
  /** After every batch; share of all batches done. */
  readonly onBatch?: (fraction: number) => void;
  /** Awaited after every batch, and before the first. */
  readonly pause?: () => Promise<void>;
}

/** Rows of a lane in one batch: how far backpropagation reaches. */
export const truncation = 64;
// Largest norm of the slopes.
const clip = 0.5;
// Share of rows whose skills are taken for unknown, so that an unknown skill has an embedding of its own.
const unknownShare = 0.02;

/** Weights of a network trained on the rows. The same seed gives the same bits on every machine. */
export async function trainNetwork(
  shape: NetworkShape,
  rows: NetworkRows,
  { seed, epochs, lanes, dropout, rate, matrices, onBatch, pause }: TrainingOptions,
): Promise<Float32Array> {
  const random = createRandom(seed);
  const network = createNetwork(shape, { ...matrices, lanes, steps: truncation, training: true });
  await pause?.();
  startWeights(network, rows.correct, random.fork('weights'));
  const adam = createAdam(network.flat, { clip });
  const turn = new Float64Array(2);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const draws = random.fork('epoch', epoch);
    const packed = packLanes(rows.byLearner, lanes, draws);
    await pause?.();
    const batches = Math.ceil(packed.longest / truncation);
    network.states.fill(0);
    for (let batch = 0; batch < batches; batch++) {
      const done = (epoch + batch / batches) / epochs;
      loadBatch(network, rows, packed, batch * truncation);
      drawMask(network, dropout, draws);
      dropSkills(network, draws);
      moveStates(network);
      readStates(network);
      backward(network);
      cosineAndSine(Math.PI * done, turn);
      adam(network.matrices.arrays.slopes, (rate * (1 + turn[0])) / 2);
      carryStates(network);
      onBatch?.((epoch + (batch + 1) / batches) / epochs);
      await pause?.();
    }
  }
  return Float32Array.from(network.flat);
}

/** Lays out `steps` rows of every lane from `from` on; places behind a lane's end stay empty. */
export function loadBatch(network: Network, rows: NetworkRows, packed: Lanes, from: number): void {
  const { lanes, steps, shape } = network;
  for (let lane = 0; lane < lanes; lane++) {
    const own = packed.rows[lane];
    for (let step = 0; step < steps; step++) {
      const place = step * lanes + lane;
      const at = from + step;
      network.present[place] = at < own.length ? 1 : 0;
      network.first[place] = at < own.length ? packed.first[lane][at] : 1;
      if (at >= own.length) {
        clearPlace(network, place);
        continue;
      }
      const row = own[at];
      const start = row * featureCount;
      network.features.set(rows.features.subarray(start, start + featureCount), place * featureWidth);
      writeAnswerNumbers(rows.features, start, rows.correct[row], network.answers, place);
      network.correct[place] = rows.correct[row];
      network.skills[place] = rows.skillsOf(row);
    }
  }
  // A place that is empty takes part in the products, so it must hold numbers; all of them are 0.
  function clearPlace({ features, answers, correct, skills }: Network, place: number): void {
    features.fill(0, place * shape.features, (place + 1) * shape.features);
    answers.fill(0, place * answerWidth, (place + 1) * answerWidth);
    correct[place] = 0;
    skills[place] = [shape.skills];
  }
}

/** Inverted dropout (Srivastava et al. 2014, section 10): what is shown is scaled up for what is not. */
function drawMask({ mask }: Network, dropout: number, random: Random): void {
  const below = Math.round(dropout * 256);
  const kept = 256 / (256 - below);
  for (let k = 0; k < mask.length; k += 4) {
    const bits = random.nextUint32();
    mask[k] = (bits & 255) < below ? 0 : kept;
    mask[k + 1] = ((bits >>> 8) & 255) < below ? 0 : kept;
    mask[k + 2] = ((bits >>> 16) & 255) < below ? 0 : kept;
    mask[k + 3] = bits >>> 24 < below ? 0 : kept;
  }
}

function dropSkills({ skills, shape }: Network, random: Random): void {
  for (let place = 0; place < skills.length; place++) if (random.next() < unknownShare) skills[place] = [shape.skills];
}

/** Uniform within one over the root of the inputs (LeCun et al. 1998, section 4.6, to a constant); small embeddings. */
function startWeights({ weights, shape }: Network, correct: Uint8Array, random: Random): void {
  const bounds: Partial<Record<WeightName, number>> = {
    answerEmbedding: 0.5,
    answerWeights: answerWidth ** -0.5,
    stateWeights: stateWidth ** -0.5,
    skillEmbedding: 0.1,
    hiddenOfState: stateWidth ** -0.5,
    hiddenOfSkill: stateWidth ** -0.5,
    hiddenOfFeatures: shape.features ** -0.5,
    outputWeights: stateWidth ** -0.5,
  };
  for (const [name, bound] of Object.entries(bounds)) fillUniform(weights[name as WeightName], bound, random);
  // Update gates begin near .7: what was learned stays for some answers (Jozefowicz et al. 2015, section 2.2).
  weights.stateBias.fill(1, stateWidth, 2 * stateWidth);
  let right = 0;
  for (let row = 0; row < correct.length; row++) right += correct[row];
  weights.outputBias[0] = Math.log((right + 1) / (correct.length - right + 1));
}

function fillUniform(out: Numbers, bound: number, random: Random): void {
  for (let k = 0; k < out.length; k++) out[k] = bound * (2 * random.next() - 1);
}
