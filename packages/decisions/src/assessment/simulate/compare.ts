/**
 * Rules of adaptive tests compared on simulated learners: the same learners, bank and luck for all. The yardstick is a form
 * of as many items drawn at random for each learner.
 */
import { createRandom } from '@qurriculum/random';
import type { SelectionRule } from '../rules.ts';
import type { StoppingRules } from '../stopping.ts';
import type { ExposureState } from '../types.ts';
import { type BankKind, drawBank, drawTaker, type SimulatedBank } from './bank.ts';
import { sympsonHetter } from './exposure.ts';
import { runTest, type TestRun, type TestSettings } from './run.ts';

export type ExposureControl = 'none' | 'cap' | 'randomesque' | 'sympson-hetter';

export const exposureControls: readonly ExposureControl[] = ['none', 'cap', 'randomesque', 'sympson-hetter'];

export interface SimulationOptions {
  readonly kind?: BankKind;
  readonly rules: readonly SelectionRule[];
  /** Items each learner is asked at most. */
  readonly items: number;
  /** Length of the random form that is the yardstick; default 40, or the bank where it is smaller. */
  readonly reference?: number;
  readonly bank?: number;
  readonly learners?: number;
  readonly exposure?: ExposureControl;
  /** The share of learners that an item is asked of at most, where exposure is controlled; default .25. */
  readonly mostExposure?: number;
  readonly balance?: boolean;
  /** When tests end before `items`. */
  readonly stop?: Pick<StoppingRules, 'standardError' | 'certainty' | 'cut' | 'least'>;
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

export interface RuleFigures {
  readonly rule: SelectionRule;
  /** Mean length. */
  readonly items: number;
  /** Mean final uncertainty: standard error of ability, or expected share of attributes classified wrongly. */
  readonly uncertainty: number;
  /** Against the truth: root mean square error and bias of ability (null for states) ... */
  readonly rmse: number | null;
  readonly bias: number | null;
  /** ... share of attributes classified rightly (null for ability). */
  readonly accuracy: number | null;
  /** Items after which the mean uncertainty is that of the random form, and their share of its length; null: never. */
  readonly itemsToMatch: number | null;
  readonly shareToMatch: number | null;
  /** The largest share of learners that any item was asked of. */
  readonly mostExposed: number;
  /** Items of the bank that nobody was asked. */
  readonly unused: number;
  /** Expected share of items that two learners have in common: sum r_i^2 / sum r_i of exposure rates r. */
  readonly overlap: number;
  /** Mean uncertainty after 1, 2, ... items. */
  readonly trace: readonly number[];
}

export interface AssessmentSimulation {
  readonly kind: BankKind;
  readonly bank: number;
  readonly learners: number;
  readonly seed: number;
  readonly exposure: ExposureControl;
  /** Mean uncertainty of a form of `items` drawn at random. */
  readonly reference: { readonly items: number; readonly uncertainty: number };
  readonly rules: readonly RuleFigures[];
}

/** Randomesque draws among this many (Kingsbury & Zara 1989 use 2 to 10). */
const AMONG = 5;
/** Parameters are calibrated a little below the cap, so that the cap seldom has to step in. */
const CALIBRATION = { learners: 250, rounds: 6, share: 0.9 };

/**
 * Runs the comparison; rejects with the signal's reason when cancelled.
 * @throws RangeError for a bank smaller than the test, or a rule that cannot serve the kind.
 */
export async function simulateAssessments(options: SimulationOptions): Promise<AssessmentSimulation> {
  const { kind = 'ability', bank: size = 300, learners = 500, exposure = 'none', seed = 0 } = options;
  if (!(options.items >= 1 && options.items <= size)) {
    throw new RangeError(
      `simulateAssessments: expected 1 to ${size} items (the bank), got ${options.items}; draw a larger bank.`,
    );
  }
  const bank = drawBank(kind, size, seed);
  const length = options.reference ?? Math.min(40, size);
  if (!(length >= 1 && length <= size)) {
    throw new RangeError(
      `simulateAssessments: expected a random form of 1 to ${size} items, got ${length}; draw a larger bank.`,
    );
  }
  const steps = (options.rules.length + 1) * learners;
  let done = 0;
  const each = async (settings: TestSettings, control: ExposureControl): Promise<TestRun[]> => {
    const state = exposureState(bank, settings, control, options);
    const runs: TestRun[] = [];
    for (let index = 0; index < learners; index++) {
      if (index % 20 === 0) {
        options.onProgress?.(done / steps);
        await new Promise((resolve) => setTimeout(resolve));
        options.signal?.throwIfAborted();
      }
      // All rules meet the same draws: what one rule used up does not shift the luck of the next learner.
      const random = createRandom(seed).fork('test', index);
      const run = runTest(bank, drawTaker(bank, seed, index), settings, random, state?.seen());
      state?.count(run);
      runs.push(run);
      done++;
    }
    return runs;
  };
  const reference = await each({ rule: 'random', stop: { most: length }, balance: false }, 'none');
  const uncertainty = meanOf(reference.map(({ trace }) => trace[trace.length - 1]));
  const rules: RuleFigures[] = [];
  for (const rule of options.rules) {
    const settings = { rule, stop: { ...options.stop, most: options.items }, balance: options.balance ?? false };
    const runs = await each(settings, exposure);
    rules.push(figuresOf(bank, rule, runs, { items: options.items, reference: length, uncertainty }, seed));
  }
  return { kind, bank: size, learners, seed, exposure, reference: { items: length, uncertainty }, rules };
}

/** Counts of who was asked what so far; null without control. */
function exposureState(
  bank: SimulatedBank,
  settings: TestSettings,
  control: ExposureControl,
  options: SimulationOptions,
) {
  if (control === 'none') return null;
  const most = options.mostExposure ?? 0.25;
  const asked = new Int32Array(bank.items.length);
  const parameters =
    control === 'sympson-hetter'
      ? sympsonHetter(bank, settings, {
          ...CALIBRATION,
          target: CALIBRATION.share * most,
          seed: (options.seed ?? 0) + 1,
        })
      : undefined;
  let tests = 0;
  return {
    seen: (): ExposureState => ({ most, tests, asked, parameters, among: control === 'randomesque' ? AMONG : 1 }),
    count(run: TestRun) {
      tests++;
      for (const { item } of run.answers) asked[item]++;
    },
  };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function figuresOf(
  bank: SimulatedBank,
  rule: SelectionRule,
  runs: readonly TestRun[],
  yardstick: { readonly items: number; readonly reference: number; readonly uncertainty: number },
  seed: number,
): RuleFigures {
  const asked = new Float64Array(bank.items.length);
  for (const { answers } of runs) for (const { item } of answers) asked[item]++;
  const rates = asked.map((count) => count / runs.length);
  // A test that ended early keeps its last uncertainty.
  const trace = Array.from({ length: yardstick.items }, (_, n) =>
    meanOf(runs.map((run) => run.trace[Math.min(n, run.trace.length - 1)])),
  );
  const reached = trace.findIndex((uncertainty) => uncertainty <= yardstick.uncertainty);
  return {
    ...{ rule, trace, items: meanOf(runs.map(({ answers }) => answers.length)), uncertainty: trace[trace.length - 1] },
    ...errorsOf(bank, runs, seed),
    itemsToMatch: reached < 0 ? null : reached + 1,
    shareToMatch: reached < 0 ? null : (reached + 1) / yardstick.reference,
    mostExposed: rates.reduce((a, b) => Math.max(a, b), 0),
    unused: rates.filter((rate) => rate === 0).length,
    overlap: rates.reduce((sum, rate) => sum + rate ** 2, 0) / rates.reduce((sum, rate) => sum + rate, 0),
  };
}

function errorsOf(bank: SimulatedBank, runs: readonly TestRun[], seed: number) {
  const takers = runs.map((_, index) => drawTaker(bank, seed, index));
  if (bank.model.ability !== null) {
    const errors = runs.map(({ belief }, index) => belief.ability - takers[index].ability);
    return { rmse: Math.sqrt(meanOf(errors.map((error) => error ** 2))), bias: meanOf(errors), accuracy: null };
  }
  const size = bank.model.attributes.length;
  const right = runs.map(({ belief }, index) =>
    meanOf(
      Array.from(belief.mastery, (p, k) =>
        Number(p >= 0.5) === bank.model.held[takers[index].hypothesis * size + k] ? 1 : 0,
      ),
    ),
  );
  return { rmse: null, bias: null, accuracy: meanOf(right) };
}
