/** Champion against challengers, problem by problem: the verdicts, and the conclusion in plain words. */
import {
  bootstrapDifference,
  type Comparison,
  type Contender,
  EvidenceError,
  type Judgement,
  judge,
  mean,
  type Question,
} from '@qurriculum/evidence';
import { createRandom } from '@qurriculum/random';
import type { VerdictView } from '../resources/comparisons/schema.ts';
import type { SolverFigures } from './figures.ts';

/** Judges by ratio of means where that has a meaning, else by difference, with a margin of a hundredth either way. */
export function judgeFairly(champion: Contender, challengers: readonly Contender[], question: Question): Judgement {
  const byDifference = (): Judgement =>
    judge(champion, challengers, {
      ...question,
      effect: 'difference',
      practicalMargin: Math.abs(mean(champion.values)) / 100,
    });
  const negative = [champion, ...challengers].some(({ values }) => Array.from(values).some((value) => value < 0));
  if (negative) return byDifference();
  try {
    return judge(champion, challengers, question);
  } catch (error) {
    if (error instanceof EvidenceError && error.code === 'ratio-undefined') return byDifference();
    throw error;
  }
}

/** One verdict as screens show it; the difference in the measure's own units, 95 %. */
export function verdictView(
  comparison: Comparison,
  champion: Contender,
  challenger: Contender,
  seed: number,
): VerdictView {
  const random = createRandom(seed).fork('difference', challenger.name);
  const difference = bootstrapDifference(champion.values, challenger.values, random);
  return {
    ...{ challenger: comparison.challenger, champion: comparison.baseline, measure: comparison.measure },
    verdict: comparison.verdict,
    sentence: `${comparison.challenger}: ${comparison.words}`,
    difference: { mean: difference.estimate, ...difference.interval() },
    units: comparison.n,
    simulated: comparison.simulated,
  };
}

export interface Concluded {
  readonly judgement: Judgement;
  readonly solvers: readonly SolverFigures[];
  readonly verdicts: readonly VerdictView[];
  readonly simulated: boolean;
}

/** Who wins, by how much, how sure; and of every solver with a quantum part, how it fared. */
export function conclude({ judgement, solvers, verdicts, simulated }: Concluded): string {
  const sentences = [judgement.words, sayMost(solvers)];
  for (const solver of solvers)
    if (isQuantum(solver)) sentences.push(sayQuantum(solver, judgement.champion, verdicts, solvers));
  if (simulated) sentences.push('The records behind it are simulated.');
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

const isQuantum = ({ kind }: SolverFigures): boolean =>
  kind === 'quantum-simulated' || kind === 'quantum-remote' || kind === 'hybrid';

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

const byWorth = (a: SolverFigures, b: SolverFigures): number => b.objective.mean - a.objective.mean;

/** Not below the other by more than rounding: to name one of two equals would be chance. */
const isAsGood = (worth: number, other: number): boolean => worth >= other - 1e-6 * Math.abs(other);

function sayMost(solvers: readonly SolverFigures[]): string {
  const ranked = solvers.filter(({ points }) => points.length > 0).sort(byWorth);
  const [best] = ranked;
  if (best === undefined) return '';
  const equal = ranked.filter(({ objective }) => isAsGood(objective.mean, best.objective.mean));
  const names = equal.map(({ name }) => name).join(', ');
  const proved = best.gap === null ? '' : `, on average ${percent(best.gap.mean)} below what is proven to be possible`;
  return `Plans are worth most from ${names}${proved}.`;
}

const QUANTUM_WORDS = {
  'quantum-simulated': 'a simulated quantum computer',
  'quantum-remote': 'a quantum computer',
  hybrid: 'hybrid with a simulated quantum part',
} as const;

function sayQuantum(
  { name, kind, points, refused, objective }: SolverFigures,
  champion: string,
  verdicts: readonly VerdictView[],
  solvers: readonly SolverFigures[],
): string {
  const what = `${name} (${QUANTUM_WORDS[kind as keyof typeof QUANTUM_WORDS]})`;
  if (points.length === 0) return `${what} made no plan: ${refused?.reason ?? 'no reason is known'}.`;
  if (name === champion) return `${what} is the champion.`;
  const verdict = verdicts.find(({ challenger }) => challenger === name)?.verdict;
  switch (verdict) {
    case 'better': {
      const classical = solvers.filter((solver) => !isQuantum(solver)).sort(byWorth)[0];
      const asGood = classical !== undefined && isAsGood(classical.objective.mean, objective.mean);
      const but = asGood ? `, but its plans are worth no more than those of ${classical.name}, which has none` : '';
      return `${what} wins against ${champion}${but}.`;
    }
    case 'worse':
      return `${what} loses against ${champion}.`;
    case 'no difference':
      return `${what} brings no difference that matters against ${champion}.`;
    default:
      return `On ${what} there is not enough evidence.`;
  }
}
