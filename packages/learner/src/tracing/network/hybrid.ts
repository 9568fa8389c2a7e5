/**
 * `hybrid`: a small recurrent network beside features of the past (network.ts has the formulas). What it adds to deep
 * knowledge tracing (Piech et al. 2015) is in the features: statistics of items and of pairs of items, and recency.
 */

import { createRandom, mixSeed } from '@qurriculum/random';
import type { InteractionTable } from '../../interactions.ts';
import { createPause } from '../../pause.ts';
import type { FitOptions, TracingModel } from '../model.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import { trainingFeatureMatrix } from '../regression/features-matrix.ts';
import { type FeatureStatistics, fitFeatureStatistics } from '../regression/features-statistics.ts';
import {
  createFittedHybrid,
  type FittedHybrid,
  type HybridMember,
  type HybridState,
  hybridFromJson,
  hybridName,
  hybridVersion,
  shapeOf,
} from './hybrid-model.ts';
import { packLanes } from './lanes.ts';
import { lastLayerCovariance } from './last-layer.ts';
import { createNetwork } from './network.ts';
import { type NetworkRows, networkRows, standardOf } from './rows.ts';
import { trainNetwork, truncation } from './train.ts';

export interface HybridOptions {
  /** Networks that are trained and averaged; each takes as long as one. Default 1. */
  readonly members?: number;
  /** Passes over the table. Default: by its size; see `scheduleFor`. */
  readonly epochs?: number;
  /** Skills near a skill, such as its prerequisites: what is known of them serves for a skill never met. */
  readonly neighbours?: SkillNeighbours;
}

export interface HybridModel extends TracingModel<HybridState> {
  fit(table: InteractionTable, options?: FitOptions): Promise<FittedHybrid>;
  fromJSON(json: unknown): FittedHybrid;
}

// Milliseconds; a batch takes some ten more.
const turnEvery = 25;
// Share of the time that the features take, for progress.
const featureShare = 0.1;

/** The model. `fit` with the same seed gives the same bits on every machine. */
export function hybridTracing({ members = 1, epochs, neighbours }: HybridOptions = {}): HybridModel {
  requireCount('members', members);
  if (epochs !== undefined) requireCount('epochs', epochs);
  return {
    name: hybridName,
    version: hybridVersion,
    fromJSON: (json) => hybridFromJson(json, { neighbours }),
    async fit(table, { seed = 0, signal, onProgress } = {}) {
      const pause = createPause(signal, turnEvery);
      await pause();
      const fitted = await fitFeatureStatistics(table, seed, pause);
      onProgress?.(featureShare / 2);
      const features = await trainingFeatureMatrix(fitted, table, pause);
      const standard = await standardOf(features, pause);
      const indexOf = new Map(fitted.statistics.skills.map((label, index) => [label, index]));
      const unknown = fitted.statistics.skills.length;
      const rows = await networkRows(table, features, standard, (label) => indexOf.get(label) ?? unknown, pause);
      onProgress?.(featureShare);
      const trained: HybridMember[] = [];
      for (let member = 0; member < members; member++) {
        const onBatch = (done: number): void =>
          onProgress?.(featureShare + ((1 - featureShare) * (member + 0.99 * done)) / members);
        const own = mixSeed(seed, 'hybrid', member);
        trained.push(await trainMember(fitted.statistics, rows, own, epochs, onBatch, pause));
      }
      onProgress?.(1);
      return createFittedHybrid({ statistics: fitted.statistics, standard, members: trained }, { neighbours });
    },
  };
}

async function trainMember(
  statistics: FeatureStatistics,
  rows: NetworkRows,
  seed: number,
  epochs: number | undefined,
  onBatch: (done: number) => void,
  pause: () => Promise<void>,
): Promise<HybridMember> {
  const shape = shapeOf(statistics);
  const schedule = { ...scheduleFor(rows.correct.length), ...(epochs === undefined ? {} : { epochs }) };
  const weights = await trainNetwork(shape, rows, { seed, ...schedule, onBatch, pause });
  const network = createNetwork(shape, { lanes: schedule.lanes, steps: truncation });
  network.flat.set(weights);
  const packed = packLanes(rows.byLearner, schedule.lanes, createRandom(seed));
  return { weights, covariance: await lastLayerCovariance(network, rows, packed, pause) };
}

/**
 * How a table of so many rows is trained on. Few lanes make many small steps, which predict better than few large ones, up
 * to where the products of matrices get slow; what a large table can tell needs less of the state hidden.
 */
export function scheduleFor(rows: number) {
  const lanes = rows < 13_000 ? 2 : rows < 26_000 ? 4 : rows < 150_000 ? 8 : 16;
  const large = rows >= 300_000;
  return {
    epochs: large ? 5 : 6,
    lanes,
    dropout: large ? 0.2 : 0.5,
    rate: large ? 0.006 : lanes === 16 ? 0.004 : 0.003,
  };
}

function requireCount(name: string, count: number): void {
  if (Number.isInteger(count) && count >= 1) return;
  throw new RangeError(`hybridTracing: expected ${name} of at least 1, got ${count}; pass a whole number.`);
}
