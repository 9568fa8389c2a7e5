/**
 * Learners above, exercises below, on one scale (a Wright map: Wright & Masters 1982, Rating Scale Analysis, chapter 3):
 * where there are learners and no exercises, nothing tells them apart.
 */
import { useCallback } from 'react';
import type { AnalysedItem, ResponseAnalysis } from '../../../api/items.ts';
import { formatInterval, formatNumber, plural } from '../../../components/format.ts';
import type { Origin } from '../../../components/OriginButton.tsx';
import { Plot } from '../../../components/Plot.tsx';

const HEIGHT = 320;
/** Beyond, nobody stands: extreme exercises are drawn at the edge. */
const WIDEST = 4;

const drawn = (value: number): number => Math.max(-WIDEST, Math.min(WIDEST, value));
const isFlagged = ({ remarks }: AnalysedItem): boolean => remarks.length > 0;

/** "18 of 89 exercises are harder than half of the class can do." */
const sayBalance = ({ items }: ResponseAnalysis): string => {
  const hard = items.filter(({ difficulty }) => difficulty.mean > 0).length;
  return `${formatNumber(hard)} of ${plural(items.length, 'exercise')} are too hard for a learner in the middle to get right more often than not.`;
};

export interface DifficultyMapProps {
  readonly responses: ResponseAnalysis;
  readonly origin: Origin;
}

export const DifficultyMap = ({ responses, origin }: DifficultyMapProps) => {
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const { items, abilities } = responses;
      const reach = Math.max(2, ...items.map(({ difficulty }) => Math.abs(drawn(difficulty.mean)) + 0.2));
      const bins = abilities.map((bin) => ({ ...bin, place: 'learners' }));
      const dots = items.map((item) => ({
        ...{ x: drawn(item.difficulty.mean), place: 'exercises', flagged: isFlagged(item), name: item.name },
      }));
      return {
        height: HEIGHT,
        marginLeft: 76,
        marginBottom: 40,
        x: {
          domain: [-reach, reach],
          label: 'further right: learners who know more, exercises that are harder',
          labelAnchor: 'center' as const,
          labelArrow: 'none' as const,
          ticks: [0],
          tickFormat: () => 'middle of the class',
        },
        y: { axis: null },
        fy: { domain: ['learners', 'exercises'], label: null, axis: 'left' as const, padding: 0.08 },
        symbol: { domain: [false, true], range: ['circle', 'triangle'] as const },
        marks: [
          plot.ruleX([0], { stroke: 'var(--q-line)', strokeDasharray: '2 4' }),
          plot.rectY(bins, {
            x1: 'low',
            x2: 'high',
            y: 'learners',
            fy: 'place',
            fill: 'var(--q-mastery-2)',
            insetRight: 1,
          }),
          plot.dot(
            dots,
            plot.dodgeY({
              ...{ x: 'x', fy: 'place', anchor: 'top' as const, padding: 1.5, r: 4.5, symbol: 'flagged' },
              fill: (dot: (typeof dots)[number]) =>
                dot.flagged ? 'var(--q-category-vermillion)' : 'var(--q-category-blue)',
              title: 'name',
            }),
          ),
        ],
      };
    },
    [responses],
  );
  return (
    <Plot
      title="Who is able, and what is asked"
      description={`Above, how many learners stand where; below, one mark per exercise at its difficulty, a triangle where it deserves a look. ${sayBalance(responses)}`}
      draw={draw}
      height={HEIGHT}
      origin={origin}
      table={{
        columns: ['Exercise', 'Difficulty, 0 the middle of the class', '95 % interval', 'Deserves a look'],
        rows: responses.items
          .toSorted((a, b) => a.difficulty.mean - b.difficulty.mean)
          .map((item) => [
            item.name,
            formatNumber(item.difficulty.mean, { decimals: 2 }),
            formatInterval(item.difficulty, { decimals: 2 }),
            isFlagged(item) ? 'yes' : 'no',
          ]),
      }}
    />
  );
};
