/**
 * The linter of a file's other columns, which somebody might take as inputs: those that hold the outcome in another
 * form (a score, a count of attempts that ends with the right one), those computed from answers yet to come (a final
 * mark beside every answer), and those that say nothing.
 */
import type { ColumnSample, SampledRow } from './column-sample.ts';
import { type DataFinding, showAuc, showCount } from './finding.ts';
import { aucOfScores } from './plain-predictor.ts';

// No honest input of one column tells right from wrong as well as this; difficulty of items reaches about .75.
const suspiciousAuc = 0.95;
// Correlation over learners between a column that never changes for a learner and the share of their right answers.
const suspiciousCorrelation = 0.9;
// A free text has as many values as rows; a column of kinds has few.
const mostCategories = 50;
const fewestRows = 100;
const fewestLearners = 10;

/** Everything found in the sampled columns; nothing below a hundred rows, where chance looks like a leak. */
export function lintColumns({ headers, rows, constant, sampled, shareOfLearner }: ColumnSample): DataFinding[] {
  if (rows < fewestRows) return [];
  return headers.flatMap((header, column): DataFinding[] => {
    const base = { rows, auc: null } as const;
    if (constant[column]) {
      return [
        {
          ...{ ...base, code: 'constant-column', severity: 'warning' },
          found: `The column "${header}" has the same value in all ${showCount(rows)} rows.`,
          effect: 'No effect on AUC; it carries no information.',
          remedy: 'Leave it out.',
        },
      ];
    }
    const auc = aucOfColumn(sampled, column);
    if (auc >= suspiciousAuc) {
      return [
        {
          ...{ ...base, code: 'outcome-in-column', severity: 'warning', auc: { without: 0.5, with: auc } },
          found: `The column "${header}" tells the outcome of its own row.`,
          effect: `Alone it reaches AUC ${showAuc(auc)}.`,
          remedy: 'It is not used; keep it out of models, or use only its value on earlier rows.',
        },
      ];
    }
    const correlation = correlationOfLearners(sampled, column, shareOfLearner);
    if (Math.abs(correlation) < suspiciousCorrelation) return [];
    return [
      {
        ...{ ...base, code: 'future-in-column', severity: 'warning', auc: { without: 0.5, with: auc } },
        found: `The column "${header}" never changes for a learner and follows the share of all their right answers (correlation ${correlation.toFixed(2)}): it was computed from answers yet to come.`,
        effect: `Alone it reaches AUC ${showAuc(auc)}, part of it from the future.`,
        remedy: 'It is not used; keep it out of models.',
      },
    ];
  });
}

/** AUC of the column alone, in whichever direction: its number, or the share right of its category among other rows. */
function aucOfColumn(sampled: readonly SampledRow[], column: number): number {
  const numbers = sampled.map(({ cells }) => (cells[column].trim() === '' ? Number.NaN : Number(cells[column])));
  const finite = numbers.every(Number.isFinite);
  if (!finite && new Set(sampled.map(({ cells }) => cells[column])).size > mostCategories) return 0.5;
  const auc = aucOfScores(
    finite ? numbers : sharesOfCategories(sampled, column),
    Uint8Array.from(sampled, ({ correct }) => correct),
  );
  return Number.isNaN(auc) ? 0.5 : Math.max(auc, 1 - auc);
}

/** P(right) of each row's category in the other half of the rows. */
function sharesOfCategories(sampled: readonly SampledRow[], column: number): number[] {
  const halves = [0, 1].map((half) => {
    const sums = new Map<string, { right: number; rows: number }>();
    sampled.forEach(({ cells, correct }, row) => {
      if (row % 2 === half) return;
      const sum = sums.get(cells[column]) ?? { right: 0, rows: 0 };
      sums.set(cells[column], { right: sum.right + correct, rows: sum.rows + 1 });
    });
    return sums;
  });
  return sampled.map(({ cells }, row) => {
    const sum = halves[row % 2].get(cells[column]);
    return sum === undefined ? 0.5 : sum.right / sum.rows;
  });
}

/** Correlation over learners of the column's value with their share right; 0 where it changes for one of them. */
function correlationOfLearners(
  sampled: readonly SampledRow[],
  column: number,
  shareOfLearner: ReadonlyMap<string, number>,
): number {
  const values = new Map<string, number>();
  for (const { cells, learner } of sampled) {
    const value = cells[column].trim() === '' ? Number.NaN : Number(cells[column]);
    if (!Number.isFinite(value) || (values.get(learner) ?? value) !== value) return 0;
    values.set(learner, value);
  }
  // As many learners as rows would make any number of a row look like one of a learner.
  if (values.size < fewestLearners || 2 * values.size > sampled.length) return 0;
  return correlation(
    [...values.values()],
    Array.from(values.keys(), (learner) => shareOfLearner.get(learner) as number),
  );
}

/** Pearson's; 0 where one side does not vary. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let k = 0; k < x.length; k++) {
    xy += (x[k] - mx) * (y[k] - my);
    xx += (x[k] - mx) ** 2;
    yy += (y[k] - my) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
