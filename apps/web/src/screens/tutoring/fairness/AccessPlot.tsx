/** Which share of the sessions that each group of learners wants is held. */
import { Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { FairnessView } from '../../../api/schedule.ts';
import { formatPercent } from '../../../components/format.ts';
import { Plot } from '../../../components/Plot.tsx';

const ROW_HEIGHT = 34;
const AXIS_HEIGHT = 44;
/** Below this width in CSS pixels the numbers of five ticks would touch. */
const NARROW = 420;

interface Group {
  readonly name: string;
  readonly learners: number;
  readonly wanted: number;
  readonly met: number;
  readonly share: number;
}

export const AccessPlot = ({ access }: { readonly access: FairnessView['access'] }) => {
  const { wanted, met, widest } = access;
  const overall = wanted === 0 ? 0 : met / wanted;
  const groups: readonly Group[] = useMemo(
    () =>
      access.groups
        .filter((group) => group.wanted > 0)
        .map((group) => ({ ...group, name: group.group ?? 'without a group', share: group.met / group.wanted }))
        .sort((one, other) => other.share - one.share),
    [access],
  );
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot'), width: number) => ({
      height: groups.length * ROW_HEIGHT + AXIS_HEIGHT,
      ...{ marginLeft: Math.min(160, width / 3), marginRight: 84, marginBottom: AXIS_HEIGHT - 8, marginTop: 4 },
      x: {
        ...{ domain: [0, 1], tickFormat: formatPercent, ticks: width < NARROW ? 2 : 5, grid: true },
        ...{ label: 'Share that is held', labelAnchor: 'center' as const, labelArrow: 'none' as const },
      },
      y: { label: null, domain: groups.map(({ name }) => name), tickSize: 0 },
      marks: [
        plot.ruleX([overall], { stroke: 'var(--q-category-vermillion)', strokeDasharray: '4 3' }),
        plot.ruleY(groups, { y: 'name', x1: overall, x2: 'share', stroke: 'var(--q-category-blue)', strokeWidth: 3 }),
        plot.dot(groups, { y: 'name', x: 'share', r: 5, fill: 'var(--q-category-blue)' }),
        plot.text(groups, {
          // Beside whichever ends further right, so that the line never runs through the words.
          ...{ y: 'name', x: (group: Group) => Math.max(group.share, overall), dx: 10, textAnchor: 'start' as const },
          text: (group: Group) => `${group.met} of ${group.wanted}`,
        }),
      ],
    }),
    [groups, overall],
  );
  if (groups.length === 0) return <Text size="sm">No learner wants a session yet.</Text>;
  return (
    <Plot
      title="Access of groups"
      description={
        widest === null
          ? `${formatPercent(overall)} of what is wanted is held. With two groups or more this compares them.`
          : `${formatPercent(overall)} of what is wanted is held, the dashed line. The group that gets most and the one that gets least are ${formatPercent(widest)} apart.`
      }
      draw={draw}
      height={groups.length * ROW_HEIGHT + AXIS_HEIGHT}
      table={{
        columns: ['Group', 'Learners', 'Sessions wanted', 'Sessions held', 'Share'],
        rows: groups.map(({ name, learners, wanted: asked, met: held, share }) => [
          name,
          learners,
          asked,
          held,
          formatPercent(share),
        ]),
      }}
    />
  );
};
