/**
 * Features of all rows of a table, in one pass over the rows of each learner. A visitor takes each row's features as they
 * are written; a dense matrix is the visitor that keeps them all.
 */
import type { InteractionTable } from '../../interactions.ts';
import { rowsByLearner } from '../../interactions-select.ts';
import {
  createDesk,
  createFeatureWriter,
  type Desk,
  type FeatureWriter,
  featureNames,
  mostSkills,
} from './features.ts';
import { longRecord, shortRecord, unknownTime } from './features-history.ts';
import { createFeatureLabels, type FeatureLabels, type Neighbours } from './features-labels.ts';
import type { FeatureStatistics, FittedFeatureStatistics } from './features-statistics.ts';

/** Receives a row of the table and its features, in a buffer that the next row overwrites. */
export type FeatureVisitor = (row: number, features: Float32Array) => void;

export type Pause = () => Promise<void>;

const noPause: Pause = async () => {};

/** rows x featureNames.length, row by row, of a table that the statistics were not made from. */
export async function featureMatrix(
  statistics: FeatureStatistics,
  table: InteractionTable,
  { neighbours, pause }: { readonly neighbours?: Neighbours; readonly pause?: Pause } = {},
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
  { neighbours, pause = noPause }: { readonly neighbours?: Neighbours; readonly pause?: Pause } = {},
): Promise<void> {
  const writer = createFeatureWriter(statistics);
  const walk = createWalk(table, visit);
  walk.use(writer, createFeatureLabels(statistics, writer.odds, neighbours));
  for (let learner = 0; learner < table.learners.length; learner++) {
    if ((learner & 63) === 0) await pause();
    walk.learner(learner);
  }
}

/** Learners come fold by fold, not in order of the table. */
export async function visitTrainingFeatures(
  { outside, fold }: FittedFeatureStatistics,
  table: InteractionTable,
  visit: FeatureVisitor,
  pause: Pause = noPause,
): Promise<void> {
  const walk = createWalk(table, visit);
  for (const [f, statistics] of outside.entries()) {
    await pause();
    const writer = createFeatureWriter(statistics);
    walk.use(writer, createFeatureLabels(statistics, writer.odds));
    for (let learner = 0; learner < table.learners.length; learner++) {
      if ((learner & 63) === 0) await pause();
      if (fold[learner] === f) walk.learner(learner);
    }
  }
}

/** Walks learners' rows with records of all skills, sets and items in buffers that are cleared as they are met. */
function createWalk(table: InteractionTable, visit: FeatureVisitor) {
  const skills = createRecords(table.skills.length, longRecord);
  const sets = createRecords(table.skillSets.length, longRecord);
  const items = createRecords(table.items.length, shortRecord);
  const desk = createDesk(skills.records, sets.records, items.records);
  const features = new Float32Array(featureNames.length);
  const { start, rows } = rowsByLearner(table);
  let writer: FeatureWriter;
  let index: ReturnType<typeof indexTable>;

  function lay(row: number, before: number, learner: number): void {
    const [item, set] = [table.item[row], table.skillSet[row]];
    const members = table.skillSets[set];
    desk.skills = Math.min(mostSkills, members.length);
    for (let k = 0; k < desk.skills; k++) {
      desk.skillAt[k] = skills.at(members[k], learner);
      desk.skillOdds[k] = index.skillOdds[members[k]];
    }
    const alone = members.length === 1;
    desk.setRecords = alone ? skills.records : sets.records;
    desk.setAt = alone ? desk.skillAt[0] : sets.at(set, learner);
    desk.itemAt = items.at(item, learner);
    desk.item = index.item[item];
    desk.set = index.set[set];
    desk.sameItem = before >= 0 && table.item[before] === item;
    desk.sameSet = before >= 0 && table.skillSet[before] === set;
    desk.time = Number.isNaN(table.time[row]) ? unknownTime : table.time[row];
  }

  return {
    use(next: FeatureWriter, labels: FeatureLabels): void {
      writer = next;
      index = indexTable(table, labels);
      skills.forget();
      sets.forget();
      items.forget();
    },
    learner(learner: number): void {
      clearDesk(desk);
      for (let k = start[learner]; k < start[learner + 1]; k++) {
        lay(rows[k], k === start[learner] ? -1 : rows[k - 1], learner);
        writer.write(desk, features, 0);
        visit(rows[k], features);
        writer.advance(desk, table.correct[rows[k]]);
      }
    },
  };
}

function clearDesk(desk: Desk): void {
  desk.everything.fill(0);
  desk.previousItem = -1;
  desk.previousOutcome = desk.blockAnswers = desk.blockRight = desk.skillsMet = 0;
}

/** A record per thing; a learner who meets the thing first finds it cleared. */
function createRecords(things: number, width: number) {
  const records = new Float64Array(things * width);
  const owner = new Int32Array(things).fill(-1);
  return {
    records,
    at(thing: number, learner: number): number {
      const at = thing * width;
      if (owner[thing] !== learner) {
        owner[thing] = learner;
        records.fill(0, at, at + width);
      }
      return at;
    },
    forget(): void {
      owner.fill(-1);
    },
  };
}

function indexTable(table: InteractionTable, labels: FeatureLabels) {
  const skill = table.skills.map((label) => labels.skill(label));
  return {
    item: Int32Array.from(table.items, (label) => labels.item(label)),
    set: Int32Array.from(table.skillSets, (members) => labels.set(members.map((member) => skill[member]))),
    skillOdds: Float64Array.from(table.skills, (label) => labels.skillOdds(label)),
  };
}
