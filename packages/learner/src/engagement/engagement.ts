/**
 * The `engagement` model: motivation from response times, hint use, pauses, rapid guessing and self-reports, as a hidden
 * Markov chain of states (chain.ts) around Bayesian knowledge tracing, fitted in turns: which answers are guesses, given
 * what is known; what is known, from the answers that are none. Reads: a guess by motivation is not a lack of knowledge.
 *
 * A table with nothing but right and wrong says nothing of engagement: then the model is `bkt`, and says so. Mixing in
 * chance is kept only where it predicts the training answers better than `bkt`, by two standard errors over learners.
 */
import type { InteractionTable } from '../interactions.ts';
import { rowsByLearner, selectRows } from '../interactions-select.ts';
import { createPause } from '../pause.ts';
import { bayesianKnowledgeTracing } from '../tracing/bkt/bkt.ts';
import type { FittedBkt } from '../tracing/bkt/bkt-model.ts';
import type { FitOptions, TracingModel } from '../tracing/model.ts';
import type { Chain } from './chain.ts';
import { type ChainData, emRound, type Filtered, filterAll, largestChange } from './chain-fit.ts';
import { type Overall, priorChain, sharesOf } from './chain-prior.ts';
import {
  createFittedEngagement,
  type EngagementContent,
  engagementFromJson,
  engagementVersion,
  type FittedEngagement,
} from './engagement-model.ts';
import type { EngagementState } from './engagement-state.ts';
import { logSeconds, rapidThreshold, type UsualTimes, usualLogSeconds, usualTimes } from './response-times.ts';
import { hintBins, type Observation, observe, pauseBins, type SignalKind } from './signals.ts';
import { createBeliefs } from './skill-beliefs.ts';

export interface EngagementModel extends TracingModel<EngagementState> {
  fit(table: InteractionTable, options?: FitOptions): Promise<FittedEngagement>;
  fromJSON(json: unknown): FittedEngagement;
}

/** Most rounds of EM in a turn; they end earlier where the chain has settled. */
const mostRounds = 12;
/** Share of the answers that must have changed sides for BKT to be fitted again: fewer do not pay for another fit. */
const fewestChanged = 0.01;
/** The largest change of a probability, or of a time on the log scale, in a round: intervals are far wider. */
const settled = 0.002;
/** The chain has some 60 numbers, shared by all: every k-th learner does where there are more answers. */
const enoughAnswers = 20_000;

/** The model; `fit` is deterministic and takes no seed. */
export function engagementTracing(): EngagementModel {
  return {
    ...{ name: 'engagement', version: engagementVersion, fromJSON: engagementFromJson },
    async fit(table, { signal, onProgress } = {}) {
      const pause = createPause(signal);
      await pause();
      const report = (fraction: number) => onProgress?.(fraction);
      const bkt: FitBkt = (rows, from, to) =>
        bayesianKnowledgeTracing().fit(rows, { signal, onProgress: (done) => report(from + (to - from) * done) });
      const plain = await bkt(table, 0, 0.3);
      const signs = readSigns(table);
      const fitted =
        Object.keys(signs.signals).length === 0
          ? createFittedEngagement({ ...nothingSeen(signs), inner: plain })
          : finish(table, await fitInTurns(table, signs, plain, { bkt, pause, report }));
      report(1);
      return fitted;
    },
  };
}

/** BKT on some rows; its share of the progress goes from `from` to `to`. */
type FitBkt = (rows: InteractionTable, from: number, to: number) => Promise<FittedBkt>;

interface Steps {
  readonly bkt: FitBkt;
  readonly pause: () => Promise<void>;
  readonly report: (fraction: number) => void;
}

/** The chain given BKT, BKT without the guesses, and the chain again. */
async function fitInTurns(
  table: InteractionTable,
  signs: Signs,
  plain: FittedBkt,
  { bkt, pause, report }: Steps,
): Promise<Fitted> {
  const withoutGuesses = async (guesses: Uint8Array, from: number, to: number) =>
    guesses.includes(1) ? bkt(withEffort(table, guesses), from, to) : plain;
  const settle = async (data: ChainData, from: Chain, inner: FittedBkt, [begin, end]: readonly number[]) => {
    let chain = from;
    for (let round = 0; round < mostRounds; round++) {
      await pause();
      const next = emRound(data, chain, createBeliefs(table, inner), sampleOf(table));
      const change = largestChange(chain, next);
      chain = next;
      if (change < settled) break;
      report(begin + ((end - begin) * round) / mostRounds);
    }
    await pause();
    return { chain, filtered: filterAll(data, chain, createBeliefs(table, inner)) };
  };
  const data = dataOf(table, signs, signs.usual);
  let inner = await withoutGuesses(signs.rapid, 0.3, 0.5);
  const first = await settle(data, priorChain(data.overall), inner, [0.5, 0.65]);
  const guesses = Uint8Array.from(first.filtered.guessing, (p) => (p > 0.5 ? 1 : 0));
  const changed = guesses.reduce((sum, guess, row) => sum + (guess === signs.rapid[row] ? 0 : 1), 0);
  if (changed > fewestChanged * table.rows) inner = await withoutGuesses(guesses, 0.65, 0.85);
  const usual = usualTimes(table, signs.logs, (row) => first.filtered.engaged[row]);
  const second = await settle(dataOf(table, signs, usual), first.chain, inner, [0.85, 0.98]);
  return { signs, usual, inner, plain, ...second };
}

/** What a table shows, before any state is known. */
interface Signs {
  readonly seen: readonly Observation[];
  readonly logs: Float64Array;
  readonly usual: UsualTimes;
  /** 1 where an answer is rapid by the normative threshold. */
  readonly rapid: Uint8Array;
  readonly overall: Overall;
  readonly signals: Partial<Record<SignalKind, number>>;
}

/** A signal counts from here on: rarer it says nothing of the many. */
const fewestSigns = 50;
const startingDeviation = 0.6;

function readSigns(table: InteractionTable): Signs {
  const logs = Float64Array.from({ length: table.rows }, (_, row) => logSeconds(table.duration?.[row]));
  const labels = table.skillSets.map((set) => set.map((skill) => table.skills[skill]));
  const usualOf = (usual: UsualTimes, row: number) =>
    usualLogSeconds(usual, table.items[table.item[row]], labels[table.skillSet[row]]);
  const isRapid = (usual: UsualTimes, row: number) =>
    Math.exp(logs[row]) < rapidThreshold(usualOf(usual, row), startingDeviation);
  const first = usualTimes(table, logs, () => 1);
  // Rapid answers pull down what is usual, and with it the threshold: once more without them.
  const usual = usualTimes(table, logs, (row) => (isRapid(first, row) ? 0 : 1));
  const rapid = Uint8Array.from({ length: table.rows }, (_, row) => (isRapid(usual, row) ? 1 : 0));
  const seen = observeAll(table);
  let thresholds = 0;
  let timed = 0;
  const counts = { pause: [zeros(pauseBins), zeros(pauseBins)], hints: zeros(hintBins) };
  const signals: Record<SignalKind, number> = { seconds: 0, pause: 0, hints: 0, selfReport: 0 };
  for (const [row, answer] of seen.entries()) {
    if (!Number.isNaN(logs[row])) {
      thresholds += Math.log(rapidThreshold(usualOf(usual, row), startingDeviation));
      timed++;
    }
    if (answer.pause >= 0) counts.pause[answer.pauseKind][answer.pause]++;
    if (answer.hints >= 0) counts.hints[answer.hints]++;
    signals.seconds = timed;
    signals.pause += answer.pause >= 0 ? 1 : 0;
    signals.hints += answer.hints >= 0 ? 1 : 0;
    signals.selfReport += answer.selfReport >= 0 ? 1 : 0;
  }
  const overall: Overall = {
    pause: [sharesOf(counts.pause[0]), sharesOf(counts.pause[1])],
    hints: sharesOf(counts.hints),
    logThreshold: timed > 0 ? thresholds / timed : 0,
  };
  const kept = (Object.keys(signals) as SignalKind[]).filter((kind) => signals[kind] >= fewestSigns);
  const shares = Object.fromEntries(kept.map((kind) => [kind, signals[kind] / table.rows]));
  return { seen, logs, usual, rapid, overall, signals: shares };
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0);

function observeAll(table: InteractionTable): Observation[] {
  const seen: Observation[] = new Array(table.rows);
  const { start, rows } = rowsByLearner(table);
  for (let learner = 0; learner < table.learners.length; learner++) {
    let last: number | undefined;
    for (let k = start[learner]; k < start[learner + 1]; k++) {
      const row = rows[k];
      const time = table.time[row];
      const answer = {
        ...{ correct: table.correct[row] === 1, time, duration: table.duration?.[row] },
        ...{ hints: table.hints?.[row], selfReport: table.selfReport?.[row] },
      };
      seen[row] = observe(answer, k - start[learner], last);
      if (!Number.isNaN(time)) last = time;
    }
  }
  return seen;
}

function dataOf(table: InteractionTable, { seen, overall }: Signs, usual: UsualTimes): ChainData {
  const labels = table.skillSets.map((set) => set.map((skill) => table.skills[skill]));
  return {
    ...{ table, seen, overall, groups: rowsByLearner(table) },
    usual: Float64Array.from({ length: table.rows }, (_, row) =>
      usualLogSeconds(usual, table.items[table.item[row]], labels[table.skillSet[row]]),
    ),
  };
}

function withEffort(table: InteractionTable, guesses: Uint8Array): InteractionTable {
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) if (guesses[row] === 0) rows.push(row);
  return selectRows(table, rows);
}

function sampleOf(table: InteractionTable): number[] {
  const every = Math.max(1, Math.ceil(table.rows / enoughAnswers));
  return [...table.learners.keys()].filter((learner) => learner % every === 0);
}

function nothingSeen({ usual, overall }: Signs) {
  return { chain: priorChain(overall), usual, signals: {}, moderates: false, base: 1 };
}

interface Fitted {
  readonly signs: Signs;
  readonly usual: UsualTimes;
  readonly chain: Chain;
  readonly inner: FittedBkt;
  /** BKT on all answers. */
  readonly plain: FittedBkt;
  readonly filtered: Filtered;
}

function finish(table: InteractionTable, { signs, usual, chain, inner, plain, filtered }: Fitted): FittedEngagement {
  const moderates = predictsBetter(table, filtered.predicted, plain);
  const base = filtered.engaged.reduce((sum, p) => sum + p, 0) / Math.max(1, table.rows);
  const { signals } = signs;
  if (moderates || signals.seconds !== undefined) {
    const content = { chain, usual, signals, moderates, base };
    return createFittedEngagement({ ...content, inner: moderates ? inner : plain });
  }
  const { selfReport } = signals;
  const shown: EngagementContent['signals'] = selfReport === undefined ? {} : { selfReport };
  return createFittedEngagement({
    ...{ chain: reportsAlone(chain), usual, signals: shown, moderates, base: selfReport === undefined ? 1 : base },
    ...{ inner: plain, dismissed: true },
  });
}

/**
 * Without response times pauses and hints are taken for effort only where that predicts answers better; else the chain
 * hears self-reports alone: practised steps are quick too.
 */
function reportsAlone(chain: Chain): Chain {
  const same = (rows: readonly number[]) => rows.map((_, k) => rows[k % (rows.length / 3)]);
  return { ...chain, pause: [same(chain.pause[0]), same(chain.pause[1])], hints: same(chain.hints) };
}

/** Whether the log-loss per learner falls by more than two standard errors against BKT on all answers. */
function predictsBetter(table: InteractionTable, predicted: Float64Array, plain: FittedBkt): boolean {
  const beliefs = createBeliefs(table, plain);
  const { start, rows } = rowsByLearner(table);
  let learners = 0;
  let sum = 0;
  let squares = 0;
  for (let learner = 0; learner < table.learners.length; learner++) {
    let gain = 0;
    beliefs.reset();
    for (let k = start[learner]; k < start[learner + 1]; k++) {
      const row = rows[k];
      const right = beliefs.right(row);
      gain +=
        table.correct[row] === 1 ? Math.log(predicted[row] / right) : Math.log((1 - predicted[row]) / (1 - right));
      beliefs.learn(row, 1);
    }
    if (start[learner + 1] > start[learner]) learners++;
    sum += gain;
    squares += gain * gain;
  }
  const deviation = Math.sqrt(Math.max(0, squares - (sum * sum) / learners));
  return learners > 1 && sum > 2 * deviation;
}
