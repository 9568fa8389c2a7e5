/**
 * Who needs help with what, from estimates and last answers alone: a rule that can be told in two sentences, not a model.
 * Four reasons: stuck (many attempts, no progress), gap (a weak skill that others wait for), inactive, forgetting.
 */
import { descendants, goalClosure, type SkillGraph } from '@qurriculum/course';
import { masteryThreshold } from '../../estimates/threshold.ts';

/** A learner's estimate for one skill. */
export interface Evidence {
  readonly learner: number;
  /** Number in the graph. */
  readonly skill: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly attempts: number;
  readonly correct: number;
  /** Days since 1970 of the last answer; null where no times are known. */
  readonly lastDay: number | null;
  /** Chance to recall it now by the memory model; null where there is none. */
  readonly recall: number | null;
}

export interface Need {
  readonly evidence: Evidence;
  readonly kind: 'stuck' | 'gap' | 'forgetting' | 'inactive';
  /** Skills that build on this one, are wanted, and are not mastered. */
  readonly waiting: number;
  /** For 'stuck': right ones among the last `RECENT` answers. */
  readonly recentRight: number | null;
  /** For 'forgetting' and 'inactive': whole days since the last answer. */
  readonly days: number | null;
  /** Larger is more urgent. */
  readonly urgency: number;
}

export interface ClassEvidence {
  readonly graph: SkillGraph;
  /** By learner. */
  readonly learners: ReadonlyMap<number, readonly Evidence[]>;
  /** Skills that a learner's own goals are; learners without an entry want the whole course. */
  readonly goals: ReadonlyMap<number, readonly number[]>;
  /** Days since 1970; null where no times are known or the course is over: then days say nothing about anybody. */
  readonly today: number | null;
}

/** Answers that "the last answers" means. */
export const RECENT = 5;
/** From so many attempts on, no progress is more than bad luck. */
export const STUCK_ATTEMPTS = 6;
/** At most so many of the last answers right. With guessing at .2, chance alone gives 3 or more right in 6 % of cases. */
export const STUCK_RIGHT = 2;
/** Below this mastery a skill is rather not known than known. */
export const GAP_BELOW = 0.5;
/** A gap that fewer skills wait for is ordinary learning. */
export const GAP_WAITING = 3;
/** One answer is no evidence of a gap. */
const GAP_ATTEMPTS = 2;
/** Two weeks: longer than a holiday week, shorter than a unit. */
export const INACTIVE_DAYS = 14;
/** Below this chance to recall it, a mastered skill is rather forgotten than not. */
export const FORGOTTEN_BELOW = 0.5;
/** Where no memory model says more: without practice for so long, what was mastered should be looked at again. */
export const FORGETTING_DAYS = 28;
/** A learner stands in the list at most so often: more would hide the others. */
const NEEDS_PER_LEARNER = 3;

/** Being stuck asks for a person; what was once mastered comes back quickly. */
const WEIGHT = { stuck: 2, gap: 1, inactive: 1, forgetting: 0.5 } as const;

/** Estimates for which the last answers have to be looked at, those with the most fruitless attempts first. */
export function stuckCandidates({ learners }: ClassEvidence, most: number): Evidence[] {
  const effort = ({ attempts, mean }: Evidence): number => attempts * (1 - mean);
  return [...learners.values()]
    .flatMap((rows) => rows.filter(({ attempts, mean }) => attempts >= STUCK_ATTEMPTS && mean < masteryThreshold))
    .sort((a, b) => effort(b) - effort(a) || a.learner - b.learner || a.skill - b.skill)
    .slice(0, most);
}

/** All needs, the most urgent first; `recentRight` gives the right ones among the last answers of stuck candidates. */
export function rankNeeds(evidence: ClassEvidence, recentRight: ReadonlyMap<Evidence, number>): Need[] {
  const waitingFor = createWaiting(evidence);
  const needs = [...evidence.learners.values()].flatMap((rows) => {
    const found = needsOf(rows, evidence, recentRight, waitingFor);
    return found.sort(byUrgency).slice(0, NEEDS_PER_LEARNER);
  });
  return needs.sort(byUrgency);
}

const byUrgency = (a: Need, b: Need): number =>
  b.urgency - a.urgency || a.evidence.learner - b.evidence.learner || a.evidence.skill - b.evidence.skill;

type WaitingFor = (row: Evidence, mastered: ReadonlySet<number>) => number;

function needsOf(
  rows: readonly Evidence[],
  { graph, today }: ClassEvidence,
  recentRight: ReadonlyMap<Evidence, number>,
  waitingFor: WaitingFor,
): Need[] {
  const mastered = new Set(rows.filter(({ mean }) => mean >= masteryThreshold).map(({ skill }) => skill));
  const weak = new Set(rows.filter(isWeak).map(({ skill }) => skill));
  const needs: Need[] = [];
  const add = (row: Evidence, kind: Need['kind'], facts: Partial<Need> = {}): void => {
    const waiting = facts.waiting ?? waitingFor(row, mastered);
    const lack = kind === 'forgetting' ? 1 : 1 - row.mean;
    const urgency = WEIGHT[kind] * Math.log2(2 + waiting) * lack;
    needs.push({ evidence: row, kind, waiting, recentRight: null, days: null, ...facts, urgency });
  };
  for (const row of rows) {
    const right = recentRight.get(row);
    if (right !== undefined && isStuck(row, right)) add(row, 'stuck', { recentRight: right });
    else if (weak.has(row.skill) && !hardParents(graph, row.skill).some((parent) => weak.has(parent))) {
      const waiting = waitingFor(row, mastered);
      if (waiting >= GAP_WAITING) add(row, 'gap', { waiting });
    }
  }
  if (today !== null) addForDays(rows, today, mastered, waitingFor, add);
  return needs;
}

const isWeak = ({ mean, attempts }: Evidence): boolean => mean < GAP_BELOW && attempts >= GAP_ATTEMPTS;

/** Few of the last answers right, and no larger share of them than of the answers before. */
function isStuck({ attempts, correct }: Evidence, right: number): boolean {
  if (right > STUCK_RIGHT) return false;
  const before = attempts - RECENT;
  return before <= 0 || right / RECENT <= (correct - right) / before;
}

function hardParents({ parentStart, parent, parentHard }: SkillGraph, skill: number): number[] {
  const found: number[] = [];
  for (let e = parentStart[skill]; e < parentStart[skill + 1]; e++) if (parentHard[e] === 1) found.push(parent[e]);
  return found;
}

/** Inactive: nothing for long, and something is left to learn. Else forgetting: mastered, rather forgotten, built upon. */
function addForDays(
  rows: readonly Evidence[],
  today: number,
  mastered: ReadonlySet<number>,
  waitingFor: WaitingFor,
  add: (row: Evidence, kind: Need['kind'], facts: Partial<Need>) => void,
): void {
  const since = ({ lastDay }: Evidence): number => (lastDay === null ? 0 : Math.floor(today - lastDay));
  const dated = rows.filter(({ lastDay }) => lastDay !== null);
  if (dated.length === 0) return;
  const latest = dated.reduce((a, b) => (since(b) < since(a) ? b : a));
  if (since(latest) >= INACTIVE_DAYS) {
    const open = dated.filter(({ skill }) => !mastered.has(skill));
    if (open.length === 0) return;
    const leftOff = open.reduce((a, b) => (since(b) < since(a) ? b : a));
    add(leftOff, 'inactive', { days: since(latest) });
    return;
  }
  for (const row of dated) {
    const kept = row.recall === null ? since(row) < FORGETTING_DAYS : row.recall >= FORGOTTEN_BELOW;
    if (!mastered.has(row.skill) || kept) continue;
    const waiting = waitingFor(row, mastered);
    if (waiting > 0) add(row, 'forgetting', { days: since(row), waiting });
  }
}

/** Counts what waits for a skill: what builds on it by hard prerequisites, is wanted, and is not mastered. */
function createWaiting({ graph, goals }: ClassEvidence): WaitingFor {
  const above = new Map<number, Int32Array>();
  const wanted = new Map<number, ReadonlySet<number> | null>();
  return ({ learner, skill }, mastered) => {
    let list = above.get(skill);
    if (list === undefined) {
      list = descendants(graph, [skill], 'hard').filter((other) => other !== skill);
      above.set(skill, list);
    }
    if (list.length === 0) return 0;
    let closure = wanted.get(learner);
    if (closure === undefined) {
      const own = goals.get(learner);
      closure = own === undefined ? null : new Set(goalClosure(graph, own));
      wanted.set(learner, closure);
    }
    let waiting = 0;
    for (const other of list) if (!mastered.has(other) && (closure === null || closure.has(other))) waiting++;
    return waiting;
  };
}
