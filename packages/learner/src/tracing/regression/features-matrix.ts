/**
 * Features of all rows of a table, in one pass over the rows of each learner. A visitor takes each row's features as they
 * are written; a dense matrix is the visitor that keeps them all.
 */
import type { InteractionTable } from '../../interactions.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import { createFeatureWriter, type FeatureWriter, featureNames } from './features.ts';
import type { Desk } from './features-desk.ts';
import { createFeatureLabels, type FeatureLabels } from './features-labels.ts';
import type { FeatureStatistics, FittedFeatureStatistics } from './features-statistics.ts';
import { createTableWalk, type WalkIndex } from './features-walk.ts';

/** Receives a row of the table and its features, in a buffer that the next row overwrites. */
export type FeatureVisitor = (row: number, features: Float32Array) => void;

export type Pause = () => Promise<void>;

const noPause: Pause = async () => {};

/** rows x featureNames.length, row by row, of a table that the statistics were not made from. */
export async function featureMatrix(
  statistics: FeatureStatistics,
  table: InteractionTable,
  { neighbours, pause }: { readonly neighbours?: SkillNeighbours; readonly pause?: Pause } = {},
): Promise<Float32Array> {
  const matrix = new Float32Array(table.rows * featureNames.length);
  await visitFeatures(statistics, table, keepIn(matrix), { neighbours, pause });
  return matrix;
}

/** The same of the table that the statistics were made from: each learner's from statistics without its fold. */
export async function trainingFeatureMatrix(
  fitted: FittedFeatureStatistics,
  table: InteractionTable,
  pause: Pause = noPause,
): Promise<Float32Array> {
  const matrix = new Float32Array(table.rows * featureNames.length);
  await visitTrainingFeatures(fitted, table, keepIn(matrix), pause);
  return matrix;
}

function keepIn(matrix: Float32Array): FeatureVisitor {
  return (row, features) => matrix.set(features, row * features.length);
}

export async function visitFeatures(
  statistics: FeatureStatistics,
  table: InteractionTable,
  visit: FeatureVisitor,
  { neighbours, pause = noPause }: { readonly neighbours?: SkillNeighbours; readonly pause?: Pause } = {},
): Promise<void> {
  const walk = createFeatureWalk(table, visit);
  walk.use(statistics, neighbours);
  for (let learner = 0; learner < table.learners.length; learner++) {
    if ((learner & 7) === 0) await pause();
    walk.learner(learner);
  }
}

/**
 * Learners come fold by fold, not in order of the table.
 * @param keep which learners to visit, by index; all by default.
 */
export async function visitTrainingFeatures(
  { outside, fold }: FittedFeatureStatistics,
  table: InteractionTable,
  visit: FeatureVisitor,
  pause: Pause = noPause,
  keep: (learner: number) => boolean = () => true,
): Promise<void> {
  const walk = createFeatureWalk(table, visit);
  for (const [f, statistics] of outside.entries()) {
    await pause();
    walk.use(statistics);
    for (let learner = 0; learner < table.learners.length; learner++) {
      if ((learner & 7) === 0) await pause();
      if (fold[learner] === f && keep(learner)) walk.learner(learner);
    }
  }
}

function createFeatureWalk(table: InteractionTable, visit: FeatureVisitor) {
  const walk = createTableWalk(table);
  const features = new Float32Array(featureNames.length);
  let writer: FeatureWriter;
  const write = (row: number, desk: Desk) => {
    writer.write(desk, features, 0);
    visit(row, features);
  };
  return {
    use(statistics: FeatureStatistics, neighbours?: SkillNeighbours): void {
      writer = createFeatureWriter(statistics);
      walk.use(indexTable(table, createFeatureLabels(statistics, writer.odds, neighbours)), writer.expected);
    },
    learner: (learner: number) => walk.learner(learner, write),
  };
}

function indexTable(table: InteractionTable, labels: FeatureLabels): WalkIndex {
  const skill = table.skills.map((label) => labels.skill(label));
  return {
    item: Int32Array.from(table.items, (label) => labels.item(label)),
    set: Int32Array.from(table.skillSets, (members) => labels.set(members.map((member) => skill[member]))),
    skillOdds: Float64Array.from(table.skills, (label) => labels.skillOdds(label)),
  };
}
