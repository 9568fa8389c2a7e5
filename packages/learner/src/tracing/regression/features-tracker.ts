/** The features of one learner, answer by answer: the same functions as the training pass, on a state of plain data. */
import type { TracedInteraction, TracedQuestion } from '../model.ts';
import type { SkillNeighbours } from '../neighbours.ts';
import { createFeatureWriter, featureNames } from './features.ts';
import { createDesk, type Desk, mostSkills, moveDesk } from './features-desk.ts';
import { lastTimeIn, longRecord, shortRecord, unknownTime } from './features-history.ts';
import { createFeatureLabels } from './features-labels.ts';
import { emptyShelf, findRecord, putRecord, type Shelf } from './features-state.ts';
import type { FeatureStatistics } from './features-statistics.ts';

/** Plain data: JSON in and out without loss. */
export interface FeatureState {
  readonly everything: readonly number[];
  readonly skills: Shelf;
  /** Of sets of none or several skills; a set of one has the record of its skill. */
  readonly sets: Shelf;
  readonly items: Shelf;
  readonly previous: { readonly item: string; readonly set: string; readonly correct: boolean } | null;
  readonly blockAnswers: number;
  readonly blockRight: number;
  readonly skillsMet: number;
}

export interface FeatureTracker {
  /** Features of a question: featureNames.length. */
  readonly width: number;
  readonly names: readonly string[];
  initial(): FeatureState;
  /** Writes the features of the question to out[at] and on. */
  features(state: FeatureState, question: TracedQuestion, out: Float32Array, at: number): void;
  /** A new state; the old one is left as it was. */
  update(state: FeatureState, interaction: TracedInteraction): FeatureState;
}

/** A tracker over fitted statistics. */
export function createFeatureTracker(
  statistics: FeatureStatistics,
  { neighbours }: { readonly neighbours?: SkillNeighbours } = {},
): FeatureTracker {
  const writer = createFeatureWriter(statistics);
  const labels = createFeatureLabels(statistics, writer.odds, neighbours);
  // A place for each skill of the question and behind them one for their set.
  const records = new Float64Array((mostSkills + 1) * longRecord);
  const desk = createDesk(records, records, new Float64Array(shortRecord));

  function lay(state: FeatureState, question: TracedQuestion): { skills: readonly string[]; set: string } {
    const skills = [...new Set(question.skills)].slice(0, mostSkills);
    const set = setKey(skills);
    const { previous } = state;
    desk.skills = skills.length;
    for (const [k, skill] of skills.entries()) {
      desk.skillAt[k] = k * longRecord;
      desk.skillOdds[k] = labels.skillOdds(skill);
      load(records, k * longRecord, longRecord, findRecord(state.skills, skill));
    }
    desk.setAt = skills.length === 1 ? 0 : mostSkills * longRecord;
    if (skills.length !== 1) load(records, desk.setAt, longRecord, findRecord(state.sets, set));
    load(desk.itemRecords, 0, shortRecord, findRecord(state.items, question.item));
    load(desk.everything, 0, longRecord, state.everything);
    desk.item = labels.item(question.item);
    desk.set = labels.set(skills.map((skill) => labels.skill(skill)));
    desk.previousItem = previous === null ? -1 : labels.item(previous.item);
    desk.previousOutcome = previous === null ? 0 : previous.correct ? 2 : 1;
    desk.sameItem = previous?.item === question.item;
    desk.sameSet = previous?.set === set;
    desk.blockAnswers = state.blockAnswers;
    desk.blockRight = state.blockRight;
    desk.skillsMet = state.skillsMet;
    desk.time = timeOf(question);
    return { skills, set };
  }

  return {
    width: featureNames.length,
    names: featureNames,
    initial: () => ({
      everything: new Array<number>(longRecord).fill(0),
      ...{ skills: emptyShelf, sets: emptyShelf, items: emptyShelf, previous: null },
      ...{ blockAnswers: 0, blockRight: 0, skillsMet: 0 },
    }),
    features(state, question, out, at) {
      lay(state, question);
      writer.write(desk, out, at);
    },
    update(state, interaction) {
      const { skills, set } = lay(state, interaction);
      moveDesk(desk, interaction.correct ? 1 : 0, writer.expected(desk));
      return keep(desk, state, interaction, skills, set);
    },
  };
}

/** The desk's records as a new state. */
function keep(
  desk: Desk,
  state: FeatureState,
  { item, correct }: TracedInteraction,
  labels: readonly string[],
  set: string,
): FeatureState {
  let { skills, sets } = state;
  for (const [k, skill] of labels.entries()) {
    skills = putRecord(skills, skill, recordAt(desk.skillRecords, k * longRecord, longRecord));
  }
  if (labels.length !== 1) sets = putRecord(sets, set, recordAt(desk.setRecords, desk.setAt, longRecord));
  return {
    everything: recordAt(desk.everything, 0, longRecord),
    ...{ skills, sets, items: putRecord(state.items, item, recordAt(desk.itemRecords, 0, shortRecord)) },
    previous: { item, set, correct },
    ...{ blockAnswers: desk.blockAnswers, blockRight: desk.blockRight, skillsMet: desk.skillsMet },
  };
}

function setKey(skills: readonly string[]): string {
  return skills.length === 1 ? skills[0] : JSON.stringify([...skills].sort());
}

function load(to: Float64Array, at: number, width: number, record: readonly number[] | undefined): void {
  for (let f = 0; f < width; f++) to[at + f] = record === undefined ? 0 : record[f];
}

function recordAt(records: Float64Array, at: number, width: number): number[] {
  return Array.from(records.subarray(at, at + width));
}

function timeOf({ time }: TracedQuestion): number {
  return time === undefined || Number.isNaN(time) ? unknownTime : time;
}

/** When the learner last answered; undefined where unknown. */
export function lastTime(state: FeatureState): number | undefined {
  const time = lastTimeIn(state.everything);
  return state.previous === null || time === unknownTime ? undefined : time;
}
