/** The four plots of a comparison: worth of the plans, distance to the bound, time, and how often a plan is valid. */
import { SimpleGrid } from '@mantine/core';
import { useMemo } from 'react';
import type { ComparisonView } from '../../api/solvers.ts';
import { formatNumber } from '../../components/format.ts';
import { IntervalPlot, type IntervalRow } from '../../components/IntervalPlot.tsx';
import type { Origin } from '../../components/OriginButton.tsx';
import { KIND_COLOURS } from './kinds.ts';

type Compared = ComparisonView['solvers'][number];

export const originOf = (comparison: ComparisonView): Origin => ({
  how: `Mean over ${formatNumber(comparison.problems)} planning problems, with 95 % intervals.`,
  at: comparison.createdAt,
  ...(comparison.runId === null ? {} : { runId: comparison.runId }),
});

type Measure = (solver: Compared) => Omit<IntervalRow, 'name' | 'colour'> | null;

/** Rows for the solvers that have the measure; the best first where a direction is given. */
const rowsOf = (solvers: readonly Compared[], measure: Measure): IntervalRow[] =>
  solvers.flatMap((solver) => {
    // Who took no problem has nothing to show; the table says why it took none.
    const value = solver.points.length === 0 ? null : measure(solver);
    return value === null ? [] : [{ name: solver.name, colour: KIND_COLOURS[solver.kind], ...value }];
  });

const useRows = (solvers: readonly Compared[]) =>
  useMemo(
    () => ({
      objective: rowsOf(solvers, (s) => ({
        ...s.objective,
        points: s.points.map((point) => point.objective),
        ...(s.bound === null ? {} : { limit: s.bound.mean }),
      })),
      gap: rowsOf(
        solvers,
        (s) => s.gap && { ...s.gap, points: s.points.flatMap((point) => (point.gap === null ? [] : [point.gap])) },
      ),
      valid: rowsOf(solvers, (s) => s.feasible),
      time: rowsOf(solvers, (s) => ({ ...s.wallSeconds, points: s.points.map((point) => point.seconds) })),
    }),
    [solvers],
  );

/** "highs is best with 12.3, 4 % above fringe." */
const sayBest = (rows: readonly IntervalRow[], larger: boolean): string => {
  if (rows.length === 0) return 'No solver has this figure.';
  const ordered = rows.toSorted((a, b) => (larger ? b.mean - a.mean : a.mean - b.mean));
  const [best] = ordered;
  const last = ordered[ordered.length - 1];
  return `From ${best.name} (${formatNumber(best.mean)}) to ${last.name} (${formatNumber(last.mean)}).`;
};

export const SolverPlots = ({ comparison }: { readonly comparison: ComparisonView }) => {
  const rows = useRows(comparison.solvers);
  const origin = originOf(comparison);
  const shared = { origin, championName: comparison.champion };
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
      <IntervalPlot
        {...shared}
        title="Worth of the plan"
        description={`More is better. ${sayBest(rows.objective, true)} Dashed: ${comparison.champion}. Upright tick: the proven bound.`}
        axis="worth, points"
        rows={rows.objective}
      />
      <IntervalPlot
        {...shared}
        title="Distance to the best possible"
        description="Less is better: how far below the proven bound the plans are."
        axis="gap to the bound"
        unit="%"
        fromZero
        rows={rows.gap}
      />
      <IntervalPlot
        {...shared}
        title="Time"
        description={`Less is better. ${sayBest(rows.time, false)} Each had ${formatNumber(comparison.seconds)} s.`}
        axis="seconds, logarithmic"
        logarithmic
        rows={rows.time}
      />
      <IntervalPlot
        {...shared}
        title="Valid plans"
        description="More is better: plans that keep every rule about minutes, load and prerequisites."
        axis="share of the problems"
        unit="%"
        fromZero
        rows={rows.valid}
      />
    </SimpleGrid>
  );
};
