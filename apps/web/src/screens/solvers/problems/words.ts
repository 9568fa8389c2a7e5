/** Figures of problem runs in words. */
import type { ProblemFileView, ProblemRunView, ProblemSolver } from '../../../api/problem-runs.ts';
import { formatDuration, formatNumber, plural } from '../../../components/format.ts';

/** An objective with every digit that counts: 13,358 and 13,359 are not the same. */
export const sayObjective = (objective: number | null): string =>
  objective === null ? '–' : objective.toLocaleString('en', { maximumSignificantDigits: 12 });

/** "800 yes-or-no variables, 19,176 pairs; the larger the cut weight the better". */
export const sayFile = ({ variables, integers, pairs, constraints, sense, objectiveName }: ProblemFileView): string =>
  [
    integers === 0
      ? `${formatNumber(variables)} yes-or-no variables`
      : `${formatNumber(variables)} variables, ${formatNumber(integers)} of them whole numbers`,
    plural(pairs, 'pair'),
    constraints === 0 ? 'no constraints' : plural(constraints, 'constraint'),
    `the ${sense === 'maximise' ? 'larger' : 'smaller'} the ${objectiveName} the better`,
  ].join(', ');

/** What the target of time to solution is: said beside every such time. */
export const sayTarget = ({ target }: ProblemRunView): string =>
  target === null
    ? 'no target yet'
    : `${sayObjective(target.objective)}, ${target.from === 'typed in' ? 'typed in as the best known' : 'the best of these solves'}`;

type Time = NonNullable<ProblemSolver['timeToSolution']>;

const sayBound = (seconds: number | null): string => (seconds === null ? 'no end known' : formatDuration(seconds));

/** "1.2 s", or that the target was not reached. */
export const sayTime = ({ seconds, successes }: Time): string =>
  successes === 0 ? 'not reached' : sayBound(seconds.mean);

/** "0.8 s to 4.1 s". */
export const sayTimeInterval = ({ seconds: { low, high }, successes }: Time): string =>
  successes === 0 ? `above ${sayBound(low)}` : `${sayBound(low)} to ${sayBound(high)}`;

/** "10 s, CPU 9.8 s, 0.21 USD". */
export const sayCost = ({ wallSeconds, cpuSeconds, qpuSeconds, money }: ProblemSolver['cost']): string =>
  [
    formatDuration(wallSeconds),
    `processor ${formatDuration(cpuSeconds)}`,
    ...(qpuSeconds > 0 ? [`quantum processor ${formatDuration(qpuSeconds)}`] : []),
    ...(money === null ? [] : [`${formatNumber(money.amount, { decimals: 2 })} ${money.currency}`]),
  ].join(', ');
