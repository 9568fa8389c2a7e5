/** How well a skill is still known, in a line, and the forgetting curve for whoever asks. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconHourglassLow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type MemoryNow, type MemoryView, memoryQuery } from '../../api/memory.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { formatDay, formatNumber, plural } from '../../components/format.ts';
import { Plot } from '../../components/Plot.tsx';

/** "Look back by 12 Nov", or since when it is due. */
const sayReview = (reviewBy: string, at: string): string =>
  Date.parse(reviewBy) > Date.parse(at)
    ? `A look back is due by ${formatDay(reviewBy)}.`
    : `A look back has been due since ${formatDay(reviewBy)}.`;

const sayRecall = (recall: number): string =>
  `about ${formatNumber(recall, { unit: '%' })} likely to be recalled today`;

const PLOT_HEIGHT = 220;

/** The curve with today and the look back marked on it. */
const drawCurve = (memory: MemoryView) => (plot: typeof import('@observablehq/plot'), width: number) => {
  const end = Date.parse(memory.curve.at(-1)?.at ?? memory.at);
  const marks = [
    { at: new Date(memory.at), recall: memory.now.recall, name: 'today' },
    { at: new Date(memory.now.reviewBy), recall: memory.wanted, name: 'look back by' },
  ].filter(({ at }) => at.getTime() <= end);
  const inRightHalf = ({ at }: (typeof marks)[number]): boolean => at.getTime() > (Date.parse(memory.lastAt) + end) / 2;
  const label = (right: boolean) =>
    plot.text(
      marks.filter((mark) => inRightHalf(mark) === right),
      {
        ...{ x: 'at', y: 'recall', text: 'name', dy: -12, dx: right ? -6 : 6 },
        ...{ textAnchor: right ? ('end' as const) : ('start' as const), fill: 'var(--q-text)' },
        ...{ stroke: 'var(--q-surface-raised)', strokeWidth: 4 },
      },
    );
  return {
    ...{ height: PLOT_HEIGHT, marginLeft: 44, marginRight: 16, marginTop: 22 },
    x: { type: 'time' as const, label: null, ticks: Math.max(2, Math.floor(width / 110)) },
    y: {
      ...{ domain: [0, 1], label: null, grid: true, ticks: 5 },
      tickFormat: (value: number) => formatNumber(value, { unit: '%' }),
    },
    marks: [
      plot.line(
        memory.curve.map(({ at, recall }) => ({ at: new Date(at), recall })),
        { x: 'at', y: 'recall', stroke: 'var(--q-accent)', strokeWidth: 2 },
      ),
      plot.ruleX(marks, { x: 'at', y1: 0, y2: 'recall', stroke: 'var(--q-text-quiet)', strokeDasharray: '3 3' }),
      plot.dot(marks, { x: 'at', y: 'recall', r: 5, fill: 'var(--q-accent)', stroke: 'var(--q-surface-raised)' }),
      label(false),
      label(true),
    ],
  };
};

const Curve = ({ memory }: { readonly memory: MemoryView }) => {
  const draw = useMemo(() => drawCurve(memory), [memory]);
  const { now, lastAt, at, wanted } = memory;
  const every = Math.ceil(memory.curve.length / 8);
  const fitted = memory.weights === 'fitted' ? 'the answers of everybody here' : 'the answers of many other people';
  return (
    <Plot
      title="Chance to recall it"
      description={`Last answered ${formatDay(lastAt)}, ${sayRecall(now.recall)}. ${sayReview(now.reviewBy, at)}`}
      draw={draw}
      height={PLOT_HEIGHT}
      caveats={[memory.simulated ? 'simulated' : 'estimated']}
      origin={{
        how: `Estimated from ${plural(now.answers, 'answer')} on this skill: each makes the memory last longer or shorter. How fast it fades was learned from ${fitted}. A look back is due when the chance falls to ${formatNumber(wanted, { unit: '%' })}.`,
        ...(memory.runId === null ? {} : { runId: memory.runId }),
      }}
      table={{
        columns: ['Day', 'Chance to recall it'],
        rows: memory.curve
          .filter((_, index) => index % every === 0)
          .map((point) => [formatDay(point.at), formatNumber(point.recall, { unit: '%' })]),
      }}
    />
  );
};

export interface StillKnownProps {
  readonly learnerId: number;
  readonly skillId: number;
  readonly skillName: string;
  readonly memory: MemoryNow;
}

export const StillKnown = ({ learnerId, skillId, skillName, memory }: StillKnownProps) => {
  const [opened, setOpened] = useState(false);
  const query = useQuery({ ...memoryQuery(learnerId, skillId), enabled: opened });
  return (
    <Stack gap={4} align="flex-start">
      <Group gap={6} wrap="nowrap">
        {memory.fading && <IconHourglassLow size={15} style={{ flex: 'none' }} aria-hidden />}
        <Text size="sm">
          {memory.fading ? 'Fading: ' : 'Still known: '}
          {sayRecall(memory.recall)}
          <Text span size="xs" c="dimmed">
            {' '}
            (from {plural(memory.answers, 'answer')})
          </Text>
        </Text>
      </Group>
      <Button size="compact-sm" variant="subtle" onClick={() => setOpened(true)}>
        How well is it still known?
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={`Still known: ${skillName}`} size="lg">
        <Loaded query={query} what="the memory of this skill" height={PLOT_HEIGHT}>
          {(data) => <Curve memory={data} />}
        </Loaded>
      </Modal>
    </Stack>
  );
};
