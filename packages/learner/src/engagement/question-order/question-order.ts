/**
 * Does the order of two yes/no questions matter, and is it the way a quantum model says? Fits a projective model of a
 * simulated qubit and its classical twin of as many parameters side by side (models.ts), and tests
 *   - an order effect: the joint distribution of both orders is one and the same (likelihood ratio, 3 degrees);
 *   - the quantum question (QQ) equality, which projective models of any dimension obey (Wang and Busemeyer 2013,
 *     equation 6; Wang, Solloway, Shiffrin and Busemeyer 2014, PNAS 111:9431): with p(x then y),
 *       q = [p(A yes, B no) + p(A no, B yes)] - [p(B yes, A no) + p(B no, A yes)] = 0;
 *   - each model's fit, and which of the two fits better, by parametric bootstrap: how often counts drawn from one model
 *     would favour the other as much (Wagenmakers, Ratcliff, Gomez and Iverson 2004, "Assessing model mimicry using the
 *     parametric bootstrap").
 * Whatever wins, people's answers come from people: a quantum model of the probabilities says nothing of physics.
 */
import type { Random } from '@qurriculum/random';
import { chiSquareTail } from '../../response/chi-square.ts';
import { type Cells, type OrderCounts, requireCells, total } from './answers.ts';
import { fitOrderModel, type OrderFit } from './models.ts';

export interface QuestionOrderOptions {
  /** Draws the bootstrap. */
  readonly random: Random;
  /** Tables drawn from each model; default 500, at least 20. */
  readonly replicates?: number;
}

export interface Test {
  /** Chi-square or likelihood ratio, with its degrees of freedom. */
  readonly statistic: number;
  readonly degrees: number;
  readonly p: number;
}

export type OrderVerdict = 'no order effect' | 'quantum' | 'classical' | 'no difference' | 'neither';

export interface QuestionOrder {
  /** People asked in each order. */
  readonly asked: { readonly aFirst: number; readonly bFirst: number };
  readonly orderEffect: Test;
  /** q from -1 to 1, its 95 % interval, and the test of q = 0. */
  readonly qq: Test & { readonly q: number; readonly low: number; readonly high: number };
  readonly models: readonly (OrderFit & {
    /** Likelihood ratio against the saturated model; null for that one. */
    readonly misfit: (Test & { readonly bootstrapP: number | null }) | null;
  })[];
  /** log L of the projective model less that of its twin, and where it lies among tables drawn from either. */
  readonly comparison: {
    readonly difference: number;
    /** Share of tables drawn from the twin that favour the projective model at least as much; and the reverse. */
    readonly pIfClassical: number;
    readonly pIfQuantum: number;
    readonly replicates: number;
  };
  readonly verdict: OrderVerdict;
  /** The verdict in a sentence or two. */
  readonly words: string;
}

const level = 0.05;
/** 97.5th percentile of the standard normal distribution. */
const normal975 = 1.959963984540054;
const fewestReplicates = 20;

/** @throws QuestionOrderError for impossible counts, RangeError for too few replicates. */
export function questionOrder(counts: OrderCounts, { random, replicates = 500 }: QuestionOrderOptions): QuestionOrder {
  if (!(Number.isInteger(replicates) && replicates >= fewestReplicates)) {
    throw new RangeError(
      `questionOrder: expected at least ${fewestReplicates} replicates, got ${replicates}; pass e.g. 500.`,
    );
  }
  const cells = requireCells(counts);
  const names = ['projective', 'anchoring', 'no-order', 'saturated'] as const;
  const [projective, anchoring, noOrder, saturated] = names.map((name) => fitOrderModel(name, cells));
  const orderEffect = ratio(noOrder, saturated);
  const drawn = {
    projective: drawAgain(projective, cells, random.fork('projective'), replicates),
    anchoring: drawAgain(anchoring, cells, random.fork('anchoring'), replicates),
  };
  const difference = projective.logLikelihood - anchoring.logLikelihood;
  const comparison = {
    ...{ difference, replicates },
    pIfClassical: shareOf(drawn.anchoring, (one) => one.difference >= difference),
    pIfQuantum: shareOf(drawn.projective, (one) => one.difference <= difference),
  };
  const misfit = (fit: OrderFit, again: readonly Drawn[]) => {
    const test = ratio(fit, saturated);
    return { ...test, bootstrapP: shareOf(again, (one) => one.misfit >= test.statistic) };
  };
  const models = [
    { ...projective, misfit: misfit(projective, drawn.projective) },
    { ...anchoring, misfit: misfit(anchoring, drawn.anchoring) },
    { ...noOrder, misfit: { ...orderEffect, bootstrapP: null } },
    { ...saturated, misfit: null },
  ];
  const [ofQuantum, ofClassical] = [models[0].misfit?.bootstrapP ?? 1, models[1].misfit?.bootstrapP ?? 1];
  const verdict = verdictOf(orderEffect.p, ofQuantum, ofClassical, comparison);
  return {
    asked: { aFirst: total(cells, 0), bFirst: total(cells, 4) },
    ...{ orderEffect, qq: qqTest(cells), models, comparison, verdict, words: words[verdict] },
  };
}

/** 2 (log L of the larger - log L of the smaller) on the difference of their parameters. */
function ratio(smaller: OrderFit, larger: OrderFit): Test {
  const statistic = Math.max(0, 2 * (larger.logLikelihood - smaller.logLikelihood));
  const degrees = larger.parameters - smaller.parameters;
  return { statistic, degrees, p: chiSquareTail(statistic, degrees) };
}

/** Two shares of differing answers: z^2 under a common share; the interval with each share's own variance (Wald). */
function qqTest(cells: Cells): QuestionOrder['qq'] {
  const [n, m] = [total(cells, 0), total(cells, 4)];
  const [x, y] = [cells[1] + cells[2], cells[5] + cells[6]];
  const q = x / n - y / m;
  const common = (x + y) / (n + m);
  const variance = common * (1 - common) * (1 / n + 1 / m);
  const statistic = variance > 0 ? q ** 2 / variance : 0;
  const half = normal975 * Math.sqrt(((x / n) * (1 - x / n)) / n + ((y / m) * (1 - y / m)) / m);
  const interval = { low: Math.max(-1, q - half), high: Math.min(1, q + half) };
  return { q, ...interval, statistic, degrees: 1, p: chiSquareTail(statistic, 1) };
}

interface Drawn {
  readonly difference: number;
  readonly misfit: number;
}

/** Tables of the same size drawn from a fit, with both models fitted to each. */
function drawAgain(fit: OrderFit, counts: Cells, random: Random, replicates: number): Drawn[] {
  return Array.from({ length: replicates }, () => {
    const drawn = [0, 4].flatMap((from) =>
      drawCounts(fit.probabilities.slice(from, from + 4), total(counts, from as 0 | 4), random),
    );
    const [projective, anchoring] = [fitOrderModel('projective', drawn), fitOrderModel('anchoring', drawn)];
    const own = fit.model === 'projective' ? projective : anchoring;
    return {
      difference: projective.logLikelihood - anchoring.logLikelihood,
      misfit: ratio(own, fitOrderModel('saturated', drawn)).statistic,
    };
  });
}

/** A multinomial draw, one by one. */
function drawCounts(probabilities: readonly number[], size: number, random: Random): number[] {
  const counts = probabilities.map(() => 0);
  for (let k = 0; k < size; k++) {
    let left = random.next();
    let cell = 0;
    while (cell < counts.length - 1 && left >= probabilities[cell]) left -= probabilities[cell++];
    counts[cell]++;
  }
  return counts;
}

/** (1 + hits) / (1 + draws): never 0, since the table itself is one draw (Davison and Hinkley 1997, section 4.2). */
const shareOf = (drawn: readonly Drawn[], holds: (one: Drawn) => boolean): number =>
  (1 + drawn.filter(holds).length) / (1 + drawn.length);

function verdictOf(
  orderP: number,
  quantumP: number,
  classicalP: number,
  { difference, pIfClassical, pIfQuantum }: QuestionOrder['comparison'],
): OrderVerdict {
  if (orderP >= level) return 'no order effect';
  if (quantumP < level && classicalP < level) return 'neither';
  if (difference > 0 && pIfClassical < level) return 'quantum';
  if (difference < 0 && pIfQuantum < level) return 'classical';
  return 'no difference';
}

const words: Readonly<Record<OrderVerdict, string>> = {
  'no order effect':
    'The order of the questions makes no difference beyond chance; there is nothing for either model to explain.',
  quantum:
    'The order matters, and the projective (quantum) model fits better than its classical twin, beyond what chance would give.',
  classical:
    'The order matters, and the classical anchoring model fits better than the projective (quantum) one, beyond what chance would give.',
  'no difference':
    'The order matters, but the projective (quantum) model and its classical twin cannot be told apart on these counts.',
  neither:
    'The order matters, and neither the projective (quantum) model in two dimensions nor its classical twin describes how.',
};
