/**
 * One measure for several solvers or policies: a row each with its name, mean, interval, and the single problems behind
 * them as faint dots. Named and coloured rows instead of a legend.
 */
import { useCallback } from 'react';
import type { Caveat } from './Badges.tsx';
import { formatInterval, formatNumber } from './format.ts';
import type { Origin } from './OriginButton.tsx';
import { Plot } from './Plot.tsx';

export interface IntervalRow {
  readonly name: string;
  readonly colour: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly points?: readonly number[];
  /** A proven limit of the mean, drawn as an upright tick. */
  readonly limit?: number;
}

export interface IntervalPlotProps {
  readonly title: string;
  readonly description: string;
  /** Axis label with the unit. */
  readonly axis: string;
  /** '%' for shares. */
  readonly unit?: string;
  readonly rows: readonly IntervalRow[];
  readonly logarithmic?: boolean;
  readonly fromZero?: boolean;
  /** The champion's mean is drawn as a line through all rows. */
  readonly championName?: string;
  readonly origin?: Origin;
  readonly caveats?: readonly Caveat[];
}

const ROW_HEIGHT = 30;
/** Room for the ticks and the name of the axis. */
const AXIS_HEIGHT = 44;
/** Widest name in pixels at the plot's type size, so that the rows of all plots begin alike. */
const NAMES_WIDTH = 116;

/** Smallest number that a logarithmic axis shows. */
const LOG_FLOOR = 1e-4;

/** Ticks of an axis over a few percent are fractions of a percent apart. */
const NARROW_AXIS = 0.06;

const tickDecimals = (rows: readonly IntervalRow[]): number => {
  const ends = rows.flatMap(({ low, high, points = [] }) => [low, high, ...points]);
  return Math.max(...ends) - Math.min(...ends) < NARROW_AXIS ? 1 : 0;
};

const dots = (rows: readonly IntervalRow[]) =>
  rows.flatMap((row) => (row.points ?? []).map((value) => ({ name: row.name, colour: row.colour, value })));

export const IntervalPlot = (props: IntervalPlotProps) => {
  const { title, description, axis, unit, rows, logarithmic = false, fromZero = false, championName } = props;
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => {
      const shown = (value: number): number => (logarithmic ? Math.max(LOG_FLOOR, value) : value);
      const champion = rows.find(({ name }) => name === championName);
      return {
        height: rows.length * ROW_HEIGHT + AXIS_HEIGHT + 8,
        marginBottom: AXIS_HEIGHT,
        marginLeft: Math.min(NAMES_WIDTH, width / 3),
        marginRight: 56,
        marginTop: 8,
        x: {
          label: axis,
          labelAnchor: 'center' as const,
          labelArrow: 'none' as const,
          labelOffset: AXIS_HEIGHT - 8,
          grid: true,
          ticks: Math.max(2, Math.floor(width / 110)),
          ...(logarithmic ? { type: 'log' as const, tickFormat: '~g' } : { zero: fromZero, nice: true }),
          ...(unit === '%'
            ? { tickFormat: (value: number) => formatNumber(value, { unit: '%', decimals: tickDecimals(rows) }) }
            : {}),
        },
        y: { label: null, domain: rows.map(({ name }) => name), tickSize: 0 },
        marks: [
          champion
            ? plot.ruleX([shown(champion.mean)], { stroke: 'var(--q-control-line)', strokeDasharray: '3 3' })
            : null,
          plot.dot(dots(rows), { x: (d) => shown(d.value), y: 'name', r: 2, fill: (d) => d.colour, fillOpacity: 0.25 }),
          plot.ruleY(rows, {
            y: 'name',
            x1: (row) => shown(row.low),
            x2: (row) => shown(row.high),
            stroke: (row) => row.colour,
            strokeWidth: 3,
            strokeLinecap: 'round',
          }),
          plot.dot(rows, { y: 'name', x: (row) => shown(row.mean), r: 5, fill: (row) => row.colour }),
          plot.tickX(
            rows.filter((row) => row.limit !== undefined),
            { y: 'name', x: 'limit', stroke: 'var(--q-text)', strokeWidth: 2, inset: 6 },
          ),
          plot.text(rows, {
            y: 'name',
            x: (row) => shown(Math.max(row.high, row.limit ?? row.high, ...(row.points ?? []))),
            text: (row) => formatNumber(row.mean, { unit, decimals: unit === '%' ? 1 : undefined }),
            dx: 8,
            textAnchor: 'start',
            fontWeight: 600,
          }),
        ],
      };
    },
    [rows, axis, unit, logarithmic, fromZero, championName],
  );
  const decimals = unit === '%' ? 1 : undefined;
  return (
    <Plot
      title={title}
      description={description}
      draw={draw}
      height={rows.length * ROW_HEIGHT + AXIS_HEIGHT + 8}
      origin={props.origin}
      caveats={props.caveats}
      table={{
        columns: ['', `Mean (${axis})`, '95 % interval'],
        rows: rows.map((row) => [
          row.name,
          formatNumber(row.mean, { unit, decimals }),
          formatInterval(row, { unit, decimals }),
        ]),
      }}
    />
  );
};
