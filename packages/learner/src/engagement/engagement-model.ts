/**
 * The fitted form: a chain of engagement around an inner BKT, and the state machine of one learner. Predictions mix what
 * mastery says with chance, by how probably the learner will guess; an answer moves mastery by how probably it was not
 * a guess. Where the fit found that this predicts no better than BKT alone, predictions and mastery are BKT's.
 */

import { initialBelief } from '../tracing/bkt/bkt-likelihood.ts';
import { type BktState, bktFromJson, type FittedBkt } from '../tracing/bkt/bkt-model.ts';
import type { Estimate, FittedTracingModel, TracedInteraction } from '../tracing/model.ts';
import { modelJsonReader } from '../tracing/model-json.ts';
import {
  type Chain,
  type ChainTimes,
  engaged,
  evidenceOf,
  guessing,
  likelihoodOf,
  moderated,
  nextPrior,
  paceOf,
  posterior,
} from './chain.ts';
import { chainLengths } from './chain-prior.ts';
import { type EngagementEstimate, estimateEngagement } from './engagement-estimate.ts';
import { type EngagementState, initialState, movesOf, type RecentAnswer, recentAnswers } from './engagement-state.ts';
import { rapidThreshold, type UsualTimes, usualLogSeconds } from './response-times.ts';
import { isFresh, longPauseBin, type Observation, observe, type SignalKind, shows, signalKinds } from './signals.ts';

export const engagementVersion = '1';
const modelName = 'engagement';

export interface EngagementContent {
  readonly inner: FittedBkt;
  readonly chain: Chain;
  readonly usual: UsualTimes;
  /** Share of the training answers by signal, 0 to 1; signals that hardly any answer has are absent. */
  readonly signals: Partial<Readonly<Record<SignalKind, number>>>;
  /** Whether mixing in chance predicts better than the inner model alone. */
  readonly moderates: boolean;
  /** Share of the training answers given with effort. */
  readonly base: number;
  /** Pauses or hints were there, and did not tell effort: they are not listened to. */
  readonly dismissed?: boolean;
}

export interface FittedEngagement extends FittedTracingModel<EngagementState>, EngagementContent {
  readonly degenerateSkills: number;
  /** Effort in the recent answers; unknown where the answers showed nothing but right and wrong. */
  engagement(state: EngagementState): EngagementEstimate;
  /** What the model could and could not see in the training data. */
  readonly note: string;
}

export function createFittedEngagement(content: EngagementContent): FittedEngagement {
  const { inner, chain, usual, signals, moderates, base, dismissed } = content;
  const heard = signalKinds.filter((kind) => signals[kind] !== undefined);
  const guessNext = (state: EngagementState, time: number | undefined): number =>
    moderates ? nextPrior(chain, state.filter, isFresh(state.answers, state.lastTime, time))[guessing] : 0;
  return {
    ...content,
    ...{ name: modelName, version: engagementVersion, masteryMeans: 'known' },
    degenerateSkills: inner.degenerateSkills,
    note: noteOf(content),
    initial: () => initialState(chain),
    update(state, interaction) {
      const seen = observe(interaction, state.answers, state.lastTime);
      const known = usualLogSeconds(usual, interaction.item, interaction.skills);
      const prior = nextPrior(chain, state.filter, seen.fresh);
      const evidence = evidenceOf(
        ...[chain, seen, known + paceOf(state.pace[1], state.pace[0])],
        inner.predict(state.knowledge, interaction),
      );
      const filter = heard.length > 0 ? posterior(prior, likelihoodOf(evidence)) : prior;
      const informative = heard.some((kind) => shows(seen, kind));
      const excess = seen.logSeconds - known;
      const rapid = Math.exp(seen.logSeconds) < rapidThreshold(known, chain.time.deviation);
      const timed = Number.isNaN(excess) ? 0 : 1;
      const entry = (): RecentAnswer =>
        recentAnswer(filter, interaction, seen, excess, rapid, movesOf(evidence, prior));
      const { time = Number.NaN } = interaction;
      return {
        knowledge: learn(inner, state.knowledge, interaction, moderates ? 1 - filter[guessing] : 1),
        filter,
        pace: timed === 1 ? [state.pace[0] + filter[engaged], state.pace[1] + filter[engaged] * excess] : state.pace,
        ...(Number.isNaN(time) ? lastTimeOf(state) : { lastTime: time }),
        answers: state.answers + 1,
        timed: state.timed + timed,
        rapid: state.rapid + (timed === 1 && rapid ? 1 : 0),
        recent: informative ? [...state.recent.slice(1 - recentAnswers), entry()] : state.recent,
      };
    },
    predict: (state, question) =>
      moderated(inner.predict(state.knowledge, question), guessNext(state, question.time), chain.chance),
    mastery: (state, skill): Estimate => inner.mastery(state.knowledge, skill),
    engagement: (state) => estimateEngagement(state, base),
    toJSON: () => ({
      ...{
        model: modelName,
        version: engagementVersion,
        inner: inner.toJSON(),
        chain,
        signals,
        moderates,
        base,
        dismissed,
      },
      usual: { overall: usual.overall, skills: [...usual.skills], items: [...usual.items] },
    }),
  };
}

const lastTimeOf = ({ lastTime }: EngagementState) => (lastTime === undefined ? {} : { lastTime });

/** A slow answer takes more than four times what is usual. */
const slowExcess = Math.log(4);

function recentAnswer(
  filter: readonly number[],
  { correct, hints = Number.NaN, selfReport = Number.NaN }: TracedInteraction,
  seen: Observation,
  excess: number,
  rapid: boolean,
  moved: RecentAnswer['moved'],
): RecentAnswer {
  return {
    ...{ filter, right: correct, moved },
    ...(seen.pause === longPauseBin ? { pause: 'long' } : {}),
    ...(seen.pause === 0 && seen.pauseKind === 0 ? { pause: 'quick' } : {}),
    ...(Number.isNaN(excess) ? {} : { pace: rapid ? 'rapid' : excess > slowExcess ? 'slow' : 'usual' }),
    ...(Number.isNaN(hints) ? {} : { hints }),
    ...(Number.isNaN(selfReport) ? {} : { selfReport }),
  };
}

/** known + weight (known after the answer - known) for each of its skills. */
function learn(inner: FittedBkt, before: BktState, interaction: TracedInteraction, weight: number): BktState {
  const after = inner.update(before, interaction);
  if (weight === 1) return after;
  const mixed = { ...after };
  for (const label of new Set(interaction.skills)) {
    const was = Object.hasOwn(before, label)
      ? before[label]
      : { ...initialBelief((inner.skills.get(label) ?? inner.population).parameters), answers: 0 };
    const is = after[label];
    const mix = (a: number, b: number) => a + weight * (b - a);
    const value = { ...is, known: mix(was.known, is.known), slope: was.slope.map((s, i) => mix(s, is.slope[i])) };
    // Not mixed[label] = ...: the label may be "__proto__".
    Object.defineProperty(mixed, label, { value, enumerable: true, configurable: true, writable: true });
  }
  return mixed;
}

const namesOfSignals: Readonly<Record<SignalKind, string>> = {
  seconds: 'response times',
  pause: 'pauses between answers',
  hints: 'hints',
  selfReport: 'self-reports',
};

function noteOf({ signals, moderates, dismissed }: EngagementContent): string {
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const seen = signalKinds.flatMap((kind) => {
    const share = signals[kind];
    return share === undefined ? [] : [`${namesOfSignals[kind]} (${percent(share)} of the answers)`];
  });
  if (seen.length === 0 && dismissed) {
    return 'No response times, and quick answers here are right as often as others: nothing is said about engagement, and predictions are those of bkt.';
  }
  if (seen.length === 0) {
    return 'No response times, pauses, hints or self-reports: nothing is said about engagement, and predictions are those of bkt.';
  }
  const missing = signalKinds.filter((kind) => signals[kind] === undefined).map((kind) => namesOfSignals[kind]);
  const effect = moderates
    ? 'Predictions take guessing into account.'
    : 'Taking guessing into account does not predict better here: predictions are those of bkt.';
  return `Rests on ${seen.join(', ')}${missing.length === 0 ? '' : `; no ${missing.join(', ')}`}. ${effect}`;
}

/** Reads what `toJSON` wrote. */
export function engagementFromJson(json: unknown): FittedEngagement {
  const reader = modelJsonReader(modelName, engagementVersion);
  const fields = reader.head(json);
  const chain = reader.record(fields['chain'], 'chain');
  const shares = (name: keyof typeof chainLengths, value = chain[name], place: string = name) => {
    const numbers = reader.numbers(value, place, chainLengths[name]);
    if (numbers.some((p) => p <= 0 || p > 1)) reader.fail(`probabilities above 0 as ${place}`, JSON.stringify(numbers));
    return numbers;
  };
  const one = (value: unknown, place: string) => reader.numbers([value], place, 1)[0];
  const times = reader.record(chain['time'], 'time');
  const timeOf = (name: keyof ChainTimes) => one(times[name], `time.${name}`);
  const pause = reader.list(chain['pause'], 'pause');
  const usual = reader.record(fields['usual'], 'usual');
  const map = (value: unknown, place: string) =>
    new Map(
      reader.list(value, place).map((entry) => {
        const [label, seconds] = reader.list(entry, `an entry of ${place}`);
        return [reader.text(label, `a label of ${place}`), one(seconds, place)] as const;
      }),
    );
  const shown = reader.record(fields['signals'], 'signals');
  const known = signalKinds.filter((kind) => shown[kind] !== undefined);
  return createFittedEngagement({
    inner: bktFromJson('bkt', fields['inner']),
    chain: {
      ...{ start: shares('start'), move: shares('move'), hints: shares('hints'), selfReport: shares('selfReport') },
      pause: [shares('pause', pause[0], 'pause[0]'), shares('pause', pause[1], 'pause[1]')],
      time: {
        ...{ deviation: timeOf('deviation'), guessCentre: timeOf('guessCentre'), delay: timeOf('delay') },
        ...{ guessDeviation: timeOf('guessDeviation'), awayDeviation: timeOf('awayDeviation') },
      },
      chance: one(chain['chance'], 'chance'),
    },
    usual: {
      overall: one(usual['overall'], 'usual.overall'),
      ...{ skills: map(usual['skills'], 'usual.skills'), items: map(usual['items'], 'usual.items') },
    },
    signals: Object.fromEntries(known.map((kind) => [kind, one(shown[kind], `signals.${kind}`)])),
    moderates: fields['moderates'] === true,
    ...(fields['dismissed'] === true ? { dismissed: true } : {}),
    base: one(fields['base'], 'base'),
  });
}
