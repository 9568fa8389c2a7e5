/** Mastery of each skill before and after a short check, with intervals: two lines a skill, named in the picture. */
import { useCallback } from 'react';
import type { QuizResult } from '../../../api/quizzes.ts';
import { formatInterval, formatPercent } from '../../../components/format.ts';
import type { Origin } from '../../../components/OriginButton.tsx';
import { Plot } from '../../../components/Plot.tsx';
import { MASTERED_FROM } from '../../../theme/tokens.ts';

interface Line {
  readonly skill: string;
  readonly when: 'before' | 'after';
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const ROW_HEIGHT = 56;
const AXIS_HEIGHT = 40;
/** From the middle of a skill's row: its name above, then the two lines. */
const PLACE = { name: -18, before: -2, after: 12 } as const;

/** The skills that were asked about and that a model knows. */
const linesOf = ({ skills }: QuizResult): Line[] =>
  skills.flatMap(({ name, before, after, asked }) => {
    if (asked === 0 || before === null || after === null) return [];
    return [
      { skill: name, when: 'before' as const, ...before },
      { skill: name, when: 'after' as const, ...after },
    ];
  });

const colour = ({ when }: Line): string => (when === 'after' ? 'var(--q-category-blue)' : 'var(--q-text-quiet)');

export const BeforeAfterPlot = ({ result, origin }: { readonly result: QuizResult; readonly origin: Origin }) => {
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => {
      const lines = linesOf(result);
      const skills = [...new Set(lines.map(({ skill }) => skill))];
      const marks = (['before', 'after'] as const).flatMap((when) => {
        const own = lines.filter((line) => line.when === when);
        const dy = PLACE[when];
        return [
          plot.ruleY(own, {
            y: 'skill',
            x1: 'low',
            x2: 'high',
            dy,
            stroke: colour,
            strokeWidth: 3,
            strokeLinecap: 'round',
          }),
          plot.dot(own, { y: 'skill', x: 'mean', dy, r: 4.5, fill: colour }),
          plot.text(own, {
            ...{ y: 'skill', x: 'high', dy, dx: 8, textAnchor: 'start' as const },
            text: (line: Line) => `${line.when} ${formatPercent(line.mean)}`,
            fontWeight: when === 'after' ? 600 : 400,
          }),
        ];
      });
      return {
        height: skills.length * ROW_HEIGHT + AXIS_HEIGHT,
        ...{ marginLeft: 10, marginRight: 84, marginTop: 4, marginBottom: AXIS_HEIGHT },
        x: {
          ...{ domain: [0, 1], label: 'Mastery', labelAnchor: 'center' as const, labelArrow: 'none' as const },
          ...{ ticks: 5, tickFormat: formatPercent, grid: true },
        },
        y: { domain: skills, axis: null },
        marks: [
          plot.ruleX([MASTERED_FROM], { stroke: 'var(--q-control-line)', strokeDasharray: '3 3' }),
          plot.text(skills, {
            y: (d: string) => d,
            x: 0,
            dy: PLACE.name,
            text: (d: string) => d,
            textAnchor: 'start',
            fontWeight: 600,
          }),
          ...marks,
        ],
      };
    },
    [result],
  );
  const lines = linesOf(result);
  if (lines.length === 0) return null;
  const figure = (line: Line): string => `${formatPercent(line.mean)} (${formatInterval(line, { unit: '%' })})`;
  return (
    <Plot
      title="Mastery before and after"
      description={`Lines are 90 % intervals: the shorter, the surer. Mastered from ${formatPercent(MASTERED_FROM)}, the dashed line.`}
      draw={draw}
      height={(lines.length / 2) * ROW_HEIGHT + AXIS_HEIGHT}
      origin={origin}
      table={{
        columns: ['Skill', 'Before (90 % interval)', 'After (90 % interval)'],
        rows: lines
          .filter(({ when }) => when === 'before')
          .map((before) => {
            const after = lines.find(({ when, skill }) => when === 'after' && skill === before.skill);
            return [before.skill, figure(before), after ? figure(after) : '–'];
          }),
      }}
    />
  );
};
