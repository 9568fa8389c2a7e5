/**
 * The learner model of the planners: follows one learner from answers alone. Each skill has a Bayes filter over mastery
 * and learning speed (`filter.ts`), once as known at first and once as not; which of the two, is inferred along the
 * prerequisites (`structure.ts`); the learner's own speed is learned from all skills together. Every policy that uses a
 * state gets the same estimates from here.
 */
import type { SkillGraph } from '@qurriculum/course';
import type { PairRows } from '../pairs.ts';
import { type Beliefs, copyBeliefs, expectedReadiness } from './beliefs.ts';
import {
  createFilter,
  LEVELS,
  type LevelFilter,
  learnFrom,
  levelAt,
  lift,
  meanLevel,
  meanLogSpeed,
  weighAnswer,
} from './filter.ts';
import { recall, strengthen } from './model.ts';
import { defaultForecast, type ForecastParameters } from './parameters.ts';
import { createStructure } from './structure.ts';

export interface TrackerOptions {
  readonly parameters?: ForecastParameters;
  /** Pairs of skills that are easily confused, and that help each other, where the course names them. */
  readonly confusable?: PairRows;
  readonly related?: PairRows;
}

/** Follows one learner. Mutable: `beliefs()` hands out copies. */
export interface Tracker {
  /** One answer on a skill on a day (fractions allowed, never going back), after which the learner learns from it. */
  answered(skill: number, day: number, correct: boolean): void;
  /** One answer from a record: evidence of what is known, without learning. */
  recorded(skill: number, day: number, correct: boolean): void;
  /** What is believed on a day, with the inference along prerequisites brought up to date. */
  beliefs(day: number): Beliefs;
  /** The learner's speed as far as it is known, 1 ordinary. */
  speed(): number;
}

/** Upper ends of the bins of level that become the hypotheses handed to planners. */
const BINS = [0.2, 0.4, 0.6, 0.8, 1.01] as const;
/** How far one skill's surprise about its speed moves the learner's speed, and how far that may go in all. */
const SPEED_PULL = 0.2;
const SPEED_RANGE = Math.log(2.2);
/** What kept a learner from learning a skill may be mended: that evidence fades by this factor per answer. */
const STUCK_FADE = 0.98;

interface State {
  readonly graph: SkillGraph;
  readonly options: TrackerOptions;
  readonly p: ForecastParameters;
  /** Filters of a skill as known at first [0] and as not [1]; made when the skill is first met. */
  readonly filters: (readonly [LevelFilter, LevelFilter] | undefined)[];
  /** What an untouched skill looks like. */
  readonly fresh: readonly [LevelFilter, LevelFilter];
  /** log P(answers | known at first) - log P(answers | not). */
  readonly evidence: Float64Array;
  /** log P(answers | hardly learning) - log P(answers | learning), while not known. */
  readonly stuck: Float64Array;
  /** Days to 90 % recall if known at first (2 i) and if not (2 i + 1). */
  readonly stability: Float64Array;
  readonly last: Float64Array;
  readonly answers: Int32Array;
  readonly right: Int32Array;
  known: Float64Array;
  logSpeed: number;
  day: number;
  practised: number[];
}

/** A tracker for a learner of whom nothing is known. */
export function createTracker(graph: SkillGraph, options: TrackerOptions = {}): Tracker {
  const s = initialState(graph, options);
  const infer = createStructure(graph, s.p);
  let current: Beliefs | null = null;
  const refresh = (day: number): Beliefs => {
    s.known = infer({ known: s.evidence, stuck: s.stuck });
    current = emptyBeliefs(s, day);
    for (let i = 0; i < graph.skills.length; i++) writeSkill(s, current, i);
    return current;
  };
  return {
    recorded(skill, day, correct) {
      weigh(s, skill, day, correct);
      current = null;
    },
    answered(skill, day, correct) {
      const beliefs = current === null || current.day !== day ? refresh(day) : current;
      if (s.day !== day) s.practised = [];
      s.day = day;
      weigh(s, skill, day, correct);
      learn(s, skill, day, correct, expectedReadiness(graph, beliefs, skill, day));
      writeSkill(s, beliefs, skill);
      if (s.practised.at(-1) !== skill) s.practised.push(skill);
    },
    beliefs: (day) => copyBeliefs(refresh(day)),
    speed: () => Math.exp(s.logSpeed),
  };
}

function initialState(graph: SkillGraph, options: TrackerOptions): State {
  const p = options.parameters ?? defaultForecast;
  const count = graph.skills.length;
  const stability = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) {
    stability[2 * i] = p.oldStability;
    stability[2 * i + 1] = p.newStability;
  }
  return {
    graph,
    options,
    p,
    filters: new Array(count),
    fresh: freshFilters(p),
    evidence: new Float64Array(count),
    stuck: new Float64Array(count),
    stability,
    last: new Float64Array(count),
    answers: new Int32Array(count),
    right: new Int32Array(count),
    known: new Float64Array(count).fill(0.5),
    logSpeed: 0,
    day: Number.NaN,
    practised: [],
  };
}

function freshFilters(p: ForecastParameters): readonly [LevelFilter, LevelFilter] {
  return [createFilter(p, p.knownLevel, [1], [1]), createFilter(p, p.unknownLevel, p.speeds, p.speedChances)];
}

function filtersOf(s: State, skill: number): readonly [LevelFilter, LevelFilter] {
  const filters = s.filters[skill] ?? freshFilters(s.p);
  s.filters[skill] = filters;
  return filters;
}

/** Bayes' rule on one skill; what it says about speed also moves the learner's own speed. */
function weigh(s: State, skill: number, day: number, correct: boolean): void {
  const [known, unknown] = filtersOf(s, skill);
  const elapsed = day - s.last[skill];
  const before = meanLogSpeed(unknown);
  const ifKnown = weighAnswer(s.p, known, recall(s.stability[2 * skill], elapsed), correct);
  const ifNot = weighAnswer(s.p, unknown, recall(s.stability[2 * skill + 1], elapsed), correct);
  s.evidence[skill] += Math.log(ifKnown.likelihood / ifNot.likelihood);
  s.stuck[skill] = STUCK_FADE * s.stuck[skill] + Math.log(ifNot.slowest / ifNot.others);
  const pull = SPEED_PULL * (1 - knownNow(s, skill)) * (meanLogSpeed(unknown) - before);
  s.logSpeed = Math.min(SPEED_RANGE, Math.max(-SPEED_RANGE, s.logSpeed + pull));
  s.answers[skill]++;
  if (correct) s.right[skill]++;
}

/** Chance that the skill was known at first, given the structure and its own answers. */
function knownNow(s: State, skill: number): number {
  const bounded = Math.min(12, Math.max(-12, s.evidence[skill]));
  const odds = (s.known[skill] / (1 - s.known[skill])) * Math.exp(bounded);
  return odds / (1 + odds);
}

/** Moves both filters of a skill by one answer's worth of learning. */
function learn(s: State, skill: number, day: number, correct: boolean, readiness: number): void {
  const filters = filtersOf(s, skill);
  const elapsed = day - s.last[skill];
  const rate = readiness * Math.exp(s.logSpeed) * (meetsConfusable(s, skill) ? s.p.interference : 1);
  const known = knownNow(s, skill);
  let gain = 0;
  filters.forEach((filter, h) => {
    const recalled = recall(s.stability[2 * skill + h], elapsed);
    const before = meanLevel(filter) * recalled;
    learnFrom(s.p, filter, recalled, rate);
    gain += (h === 0 ? known : 1 - known) * (meanLevel(filter) - before);
    s.stability[2 * skill + h] = strengthenByAnswer(s.p, s.stability[2 * skill + h], recalled, correct, elapsed);
  });
  s.last[skill] = day;
  passOn(s, skill, gain);
}

/** One answer of an activity: the massed part in equal shares, the spaced part all at the first of the day. */
function strengthenByAnswer(
  p: ForecastParameters,
  stability: number,
  recalled: number,
  correct: boolean,
  elapsed: number,
): number {
  if (!correct) return stability;
  const massed = { ...p, massed: p.massed / p.answersPerActivity };
  return strengthen(massed, stability, elapsed > 0 ? recalled : 1, 1);
}

function meetsConfusable(s: State, skill: number): boolean {
  const rows = s.options.confusable;
  if (rows === undefined) return false;
  for (let e = rows.start[skill]; e < rows.start[skill + 1]; e++) {
    if (s.practised.includes(rows.other[e])) return true;
  }
  return false;
}

/** Transfer of a gain to related skills that have been met; what is unmet is judged along the prerequisites anyway. */
function passOn(s: State, skill: number, gain: number): void {
  const rows = s.options.related;
  if (rows === undefined || gain <= 0) return;
  for (let e = rows.start[skill]; e < rows.start[skill + 1]; e++) {
    for (const filter of s.filters[rows.other[e]] ?? []) lift(filter, s.p.transfer * gain);
  }
}

function emptyBeliefs(s: State, day: number): Beliefs {
  const count = s.graph.skills.length;
  const components = BINS.length;
  return {
    parameters: s.p,
    components,
    weight: new Float64Array(count * components),
    level: new Float64Array(count * components),
    speed: new Float64Array(count * components),
    stability: new Float64Array(count),
    last: s.last.slice(),
    answers: s.answers.slice(),
    right: s.right.slice(),
    day,
  };
}

/** Both filters of a skill as one mixture: a hypothesis per bin of level, with its mean level and speed. */
function writeSkill(s: State, beliefs: Beliefs, skill: number): void {
  const known = knownNow(s, skill);
  const base = skill * BINS.length;
  const { weight, level, speed } = beliefs;
  for (let b = base; b < base + BINS.length; b++) weight[b] = level[b] = speed[b] = 0;
  (s.filters[skill] ?? s.fresh).forEach(({ mass, speeds }, h) => {
    const share = h === 0 ? known : 1 - known;
    for (let c = 0; c < LEVELS; c++) {
      const bin = base + BINS.findIndex((end) => levelAt(c) < end);
      for (let v = 0; v < speeds.length; v++) {
        const chance = share * mass[v * LEVELS + c];
        weight[bin] += chance;
        level[bin] += chance * levelAt(c);
        speed[bin] += chance * speeds[v];
      }
    }
  });
  for (let b = base; b < base + BINS.length; b++) {
    if (weight[b] <= 1e-9) continue;
    level[b] /= weight[b];
    speed[b] *= Math.exp(s.logSpeed) / weight[b];
  }
  // One stability per skill: the geometric mean of what either hypothesis says, by their chances.
  beliefs.stability[skill] = s.stability[2 * skill] ** known * s.stability[2 * skill + 1] ** (1 - known);
  beliefs.last[skill] = s.last[skill];
  beliefs.answers[skill] = s.answers[skill];
  beliefs.right[skill] = s.right[skill];
}
