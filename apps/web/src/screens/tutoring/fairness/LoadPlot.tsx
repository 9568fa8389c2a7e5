/** Sessions of each tutor, with the least and the most that are asked of them. */
import { useCallback, useMemo } from 'react';
import type { FairnessView } from '../../../api/schedule.ts';
import { formatNumber } from '../../../components/format.ts';
import { Plot } from '../../../components/Plot.tsx';

const ROW_HEIGHT = 24;
const AXIS_HEIGHT = 44;

export const LoadPlot = ({ load }: { readonly load: FairnessView['load'] }) => {
  const tutors = useMemo(() => load.tutors.toSorted((one, other) => other.sessions - one.sessions), [load]);
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => ({
      height: tutors.length * ROW_HEIGHT + AXIS_HEIGHT,
      ...{ marginLeft: Math.min(160, width / 3), marginRight: 40, marginBottom: AXIS_HEIGHT - 8, marginTop: 4 },
      x: { label: 'Sessions', labelAnchor: 'center' as const, labelArrow: 'none' as const, grid: true, zero: true },
      y: { label: null, domain: tutors.map(({ tutorName }) => tutorName), tickSize: 0 },
      marks: [
        plot.barX(tutors, {
          y: 'tutorName',
          x: 'sessions',
          fill: 'var(--q-category-blue)',
          insetTop: 5,
          insetBottom: 5,
        }),
        plot.tickX(tutors, { y: 'tutorName', x: 'most', stroke: 'var(--q-text)', strokeWidth: 2 }),
        plot.tickX(
          tutors.filter(({ least }) => least > 0),
          { y: 'tutorName', x: 'least', stroke: 'var(--q-text)', strokeWidth: 2, strokeDasharray: '3 2' },
        ),
        plot.text(tutors, { y: 'tutorName', x: 'sessions', text: 'sessions', dx: 6, textAnchor: 'start' as const }),
        plot.ruleX([load.mean], { stroke: 'var(--q-category-vermillion)', strokeDasharray: '4 3' }),
      ],
    }),
    [tutors, load.mean],
  );
  const mean = formatNumber(load.mean, { decimals: 1 });
  return (
    <Plot
      title="Load of tutors"
      description={`Between ${load.fewest} and ${load.most} sessions each; ${mean} on average, the dashed line. Ticks: the most (and, dashed, the least) that a tutor takes. Standard deviation ${formatNumber(load.deviation, { decimals: 1 })}.`}
      draw={draw}
      height={tutors.length * ROW_HEIGHT + AXIS_HEIGHT}
      table={{
        columns: ['Tutor', 'Sessions', 'Learners taught', 'Hours', 'Least', 'Most', 'Times available'],
        rows: tutors.map(({ tutorName, sessions, seats, minutes, least, most, available }) => [
          tutorName,
          sessions,
          seats,
          formatNumber(minutes / 60, { decimals: 1 }),
          least,
          most,
          available,
        ]),
      }}
    />
  );
};
