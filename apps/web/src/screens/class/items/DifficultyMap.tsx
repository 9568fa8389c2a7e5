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
/** Chances of a right answer that the axis names; beyond them exercises are drawn at the edge. */
const CHANCES = [0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05];
const WIDEST = 3.4;

/** How many logits a learner in the middle is short of an even chance. */
const shortOf = (chance: number): number => Math.log((1 - chance) / chance);
const drawn = (chance: number): number => Math.max(-WIDEST, Math.min(WIDEST, shortOf(chance)));
const isFlagged = ({ remarks }: AnalysedItem): boolean => remarks.length > 0;

/** "18 of 89 exercises are harder than half of the class can do." */
const sayBalance = ({ items }: ResponseAnalysis): string => {
  const hard = items.filter(({ middle }) => middle.mean < 0.5).length;
  return `A learner in the middle of the class gets ${formatNumber(hard)} of ${plural(items.length, 'exercise')} wrong more often than right.`;
};

/** Below, a learner's place says little (Nunnally 1978, Psychometric Theory, page 245, asks .7 of early work). */
const ROUGH = 0.7;

const saySureness = ({ reliability }: ResponseAnalysis): string =>
  reliability < ROUGH
    ? ` Learners are placed roughly: reliability ${formatNumber(reliability, { decimals: 2 })}, where 1 is exact.`
    : '';

export interface DifficultyMapProps {
  readonly responses: ResponseAnalysis;
  readonly origin: Origin;
}

export const DifficultyMap = ({ responses, origin }: DifficultyMapProps) => {
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const { items, abilities, slope } = responses;
      const reach = Math.max(1.3, ...items.map(({ middle }) => Math.abs(drawn(middle.mean)) + 0.2));
      // A learner stands above the exercises that are an even chance for them.
      const bins = abilities.map(({ low, high, learners }) => ({
        ...{ low: slope * low, high: slope * high, learners, place: 'learners' },
      }));
      const dots = items.map((item) => ({
        ...{ x: drawn(item.middle.mean), place: 'exercises', flagged: isFlagged(item), name: item.name },
      }));
      return {
        height: HEIGHT,
        marginLeft: 76,
        marginBottom: 40,
        x: {
          domain: [-reach, reach],
          label: 'how often a learner in the middle is right',
          labelAnchor: 'center' as const,
          labelArrow: 'none' as const,
          ticks: CHANCES.map(shortOf).filter((x) => Math.abs(x) <= reach),
          tickFormat: (x: number) => formatNumber(1 / (1 + Math.exp(x)), { unit: '%' }),
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
      description={`Above, how many learners stand where, those who know more further right; below, one mark per exercise, the harder the further right, a triangle where it deserves a look. A learner has an even chance at the exercises right below. ${sayBalance(responses)}${saySureness(responses)}`}
      draw={draw}
      height={HEIGHT}
      origin={origin}
      table={{
        columns: ['Exercise', 'Right in the middle of the class', '95 % interval', 'Deserves a look'],
        rows: responses.items
          .toSorted((a, b) => b.middle.mean - a.middle.mean)
          .map((item) => [
            item.name,
            formatNumber(item.middle.mean, { unit: '%' }),
            formatInterval(item.middle, { unit: '%' }),
            isFlagged(item) ? 'yes' : 'no',
          ]),
      }}
    />
  );
};
