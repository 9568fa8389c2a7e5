/** The result of `path compare` for people: a table, what it rests on, the verdicts in words. */
import type { PathComparison, PolicyFigures, SettledComparison } from '@qurriculum/decisions';
import type { Figure } from '@qurriculum/evidence';

/** A table of figures with intervals, then words. */
export function comparisonText(options: SettledComparison, comparison: PathComparison): string {
  const share = (figure: Figure): string => interval(figure, 2);
  const columns: readonly (readonly [string, (row: PolicyFigures) => string])[] = [
    ['policy', ({ policy }) => policy],
    ...(options.deadline ? [['goals met', ({ goalsMet }: PolicyFigures) => share(goalsMet)] as const] : []),
    ['sessions', ({ timeToCompetency }) => interval(timeToCompetency, 1)],
    ['minutes', ({ studyMinutes }) => interval(studyMinutes, 0)],
    ['competent', ({ competent }) => share(competent)],
    ['recall in 30 days', ({ retention30 }) => share(retention30)],
    ['overloaded', ({ overloaded }) => share(overloaded)],
    ['gap', ({ gap }) => (gap === null ? '-' : interval(gap, 3))],
    ['planning s', ({ secondsPerLearner }) => secondsPerLearner.mean.toFixed(3)],
  ];
  const rows = [
    columns.map(([title]) => title),
    ...comparison.policies.map((row) => columns.map(([, show]) => show(row))),
  ];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  const ratios = comparison.comparisons
    .filter(({ challenger }) => challenger === 'planner')
    .map(
      ({ challenger, baseline, effect, words }) =>
        `${challenger} / ${baseline} ${interval({ mean: effect.estimate, ...effect }, 3)}: ${words}`,
    );
  return [
    ...lines,
    '',
    ...ratios,
    `Champion: ${comparison.champion}.`,
    `${options.learners} simulated learners, law ${options.law}, seed ${options.seed}; 95 % intervals over learners. Not real learners.`,
  ].join('\n');
}

function interval({ mean, low, high }: Figure, digits: number): string {
  const show = (value: number): string => value.toFixed(digits).replace(/^0\./, '.');
  return `${show(mean)} [${show(low)}, ${show(high)}]`;
}
