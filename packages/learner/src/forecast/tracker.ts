/**
 * The learner model of the planners: follows one learner from answers alone. Per skill it weighs hypotheses (known
 * before, or learned at one of four speeds) by Bayes' rule, moves every hypothesis by the equations of `model.ts` after
 * each answer, infers what was known at first along the prerequisites (`structure.ts`), and learns the learner's own
 * speed from all skills together. Every policy that uses a state gets the same estimates from here.
 */
import type { SkillGraph } from '@qurriculum/course';
import type { PairRows } from '../pairs.ts';
import { type Beliefs, copyBeliefs, expectedReadiness } from './beliefs.ts';
import { grow, recall, rightAnswer, strengthen } from './model.ts';
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

interface State {
  readonly graph: SkillGraph;
  readonly options: TrackerOptions;
  readonly p: ForecastParameters;
  /** Hypotheses per skill: 0 = known at first, then one per speed. */
  readonly components: number;
  readonly level: Float64Array;
  readonly peak: Float64Array;
  /** Chance of each speed given that the skill was not known; sums to 1 over components 1... */
  readonly share: Float64Array;
  /** log P(answers | known at first) - log P(answers | not). */
  readonly evidence: Float64Array;
  /** log P(answers | hardly learning) - log P(answers | any speed), while not known. */
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

/** How far one skill's surprise about its speed moves the learner's speed, and how far that may go in all. */
const SPEED_PULL = 0.2;
const SPEED_RANGE = Math.log(2.2);

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
  const components = p.speeds.length + 1;
  const level = new Float64Array(count * components).fill(p.unknownLevel);
  const share = new Float64Array(count * components);
  const stability = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) {
    level[i * components] = p.knownLevel;
    share.set(p.speedChances, i * components + 1);
    stability[2 * i] = p.oldStability;
    stability[2 * i + 1] = p.newStability;
  }
  return {
    graph,
    options,
    p,
    components,
    level,
    peak: level.slice(),
    share,
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

/** Bayes' rule over the hypotheses of one skill; what it says about speed also moves the learner's own speed. */
function weigh(s: State, skill: number, day: number, correct: boolean): void {
  const base = skill * s.components;
  const elapsed = day - s.last[skill];
  const chance = (c: number, recalled: number): number => {
    const right = rightAnswer(s.p, s.level[c] * recalled);
    return correct ? right : 1 - right;
  };
  const ifKnown = chance(base, recall(s.stability[2 * skill], elapsed));
  const recalled = recall(s.stability[2 * skill + 1], elapsed);
  const before = meanLogSpeed(s, base);
  let ifNot = 0;
  for (let c = base + 1; c < base + s.components; c++) {
    s.share[c] *= chance(c, recalled);
    ifNot += s.share[c];
  }
  for (let c = base + 1; c < base + s.components; c++) s.share[c] /= ifNot;
  s.evidence[skill] += Math.log(ifKnown / ifNot);
  s.stuck[skill] += Math.log(chance(base + 1, recalled) / ifNot);
  const notKnown = 1 - knownNow(s, skill);
  const pull = SPEED_PULL * notKnown * (meanLogSpeed(s, base) - before);
  s.logSpeed = Math.min(SPEED_RANGE, Math.max(-SPEED_RANGE, s.logSpeed + pull));
  s.answers[skill]++;
  if (correct) s.right[skill]++;
}

function meanLogSpeed(s: State, base: number): number {
  let mean = 0;
  for (let v = 0; v < s.p.speeds.length; v++) mean += s.share[base + 1 + v] * Math.log(s.p.speeds[v]);
  return mean;
}

/** Chance that the skill was known at first, given the structure and its own answers. */
function knownNow(s: State, skill: number): number {
  const bounded = Math.min(12, Math.max(-12, s.evidence[skill]));
  const odds = (s.known[skill] / (1 - s.known[skill])) * Math.exp(bounded);
  return odds / (1 + odds);
}

/** Moves every hypothesis of a skill by one answer's worth of learning. */
function learn(s: State, skill: number, day: number, correct: boolean, readiness: number): void {
  const { p, components } = s;
  const base = skill * components;
  const elapsed = day - s.last[skill];
  const rate = readiness * Math.exp(s.logSpeed) * (meetsConfusable(s, skill) ? p.interference : 1);
  const known = knownNow(s, skill);
  let gain = 0;
  for (let h = 0; h < 2; h++) {
    const recalled = recall(s.stability[2 * skill + h], elapsed);
    for (let c = h === 0 ? base : base + 1; c < (h === 0 ? base + 1 : base + components); c++) {
      const before = s.level[c] * recalled;
      const speed = h === 0 ? rate : rate * p.speeds[c - base - 1];
      const level = grow(p, before, before < s.peak[c] ? speed * p.savings : speed);
      gain += (h === 0 ? known : (1 - known) * s.share[c]) * (level - before);
      s.level[c] = level;
      s.peak[c] = Math.max(s.peak[c], level);
    }
    s.stability[2 * skill + h] = strengthenByAnswer(p, s.stability[2 * skill + h], recalled, correct, elapsed);
  }
  s.last[skill] = day;
  for (let v = 0; v < p.speeds.length; v++) {
    s.share[base + 1 + v] += p.speedChange * (p.speedChances[v] - s.share[base + 1 + v]);
  }
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

/** Transfer of a gain to related skills. */
function passOn(s: State, skill: number, gain: number): void {
  const rows = s.options.related;
  if (rows === undefined || gain <= 0) return;
  for (let e = rows.start[skill]; e < rows.start[skill + 1]; e++) {
    const base = rows.other[e] * s.components;
    for (let c = base; c < base + s.components; c++) s.level[c] += s.p.transfer * gain * (1 - s.level[c]);
  }
}

function emptyBeliefs(s: State, day: number): Beliefs {
  const count = s.graph.skills.length;
  return {
    parameters: s.p,
    components: s.components,
    weight: new Float64Array(count * s.components),
    level: new Float64Array(count * s.components),
    speed: Float64Array.of(1, ...s.p.speeds).map((speed) => speed * Math.exp(s.logSpeed)),
    stability: new Float64Array(count),
    last: s.last.slice(),
    answers: s.answers.slice(),
    right: s.right.slice(),
    day,
  };
}

function writeSkill(s: State, beliefs: Beliefs, skill: number): void {
  const base = skill * s.components;
  const known = knownNow(s, skill);
  for (let c = base; c < base + s.components; c++) {
    beliefs.level[c] = s.level[c];
    beliefs.weight[c] = c === base ? known : (1 - known) * s.share[c];
  }
  // One stability per skill: the geometric mean of what either hypothesis says, by their chances.
  beliefs.stability[skill] = s.stability[2 * skill] ** known * s.stability[2 * skill + 1] ** (1 - known);
  beliefs.last[skill] = s.last[skill];
  beliefs.answers[skill] = s.answers[skill];
  beliefs.right[skill] = s.right[skill];
}
