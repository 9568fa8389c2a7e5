/** Verdicts in words: better, no difference, worse, not enough evidence, with the interval that they rest on. */
import { Group, Text } from '@mantine/core';
import { IconEqual, IconHelpCircle, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react';
import { SimulatedBadge } from './Badges.tsx';
import { EmptyState } from './EmptyState.tsx';
import { formatInterval, formatNumber } from './format.ts';
import classes from './Verdicts.module.css';

/** A challenger against the champion, as comparisons of solvers and of models answer it. */
export interface VerdictView {
  readonly challenger: string;
  readonly measure: string;
  readonly verdict: 'better' | 'no difference' | 'worse' | 'not enough evidence';
  readonly sentence: string;
  /** In the measure's own units, challenger less champion, 95 %. */
  readonly difference: { readonly mean: number; readonly low: number; readonly high: number };
  readonly units: number;
  readonly simulated: boolean;
}

const ICONS = {
  better: IconTrendingUp,
  'no difference': IconEqual,
  worse: IconTrendingDown,
  'not enough evidence': IconHelpCircle,
} as const;

const VerdictRow = ({ verdict }: { readonly verdict: VerdictView }) => {
  const Icon = ICONS[verdict.verdict];
  return (
    <li className={classes['verdict']}>
      <span className={classes['mark']} data-verdict={verdict.verdict}>
        <Icon size={17} aria-hidden />
        {verdict.verdict}
      </span>
      <div>
        <Group gap="xs">
          <Text size="sm">{verdict.sentence}</Text>
          {verdict.simulated && <SimulatedBadge />}
        </Group>
        <Text size="xs" c="dimmed">
          {verdict.measure}: difference {formatNumber(verdict.difference.mean)}, {formatInterval(verdict.difference)}{' '}
          (95 %), {formatNumber(verdict.units)} pairs
        </Text>
      </div>
    </li>
  );
};

export const Verdicts = ({ verdicts }: { readonly verdicts: readonly VerdictView[] }) =>
  verdicts.length === 0 ? (
    <EmptyState title="No challenger took part">Compare again with at least two solvers.</EmptyState>
  ) : (
    <ul className={classes['verdicts']}>
      {verdicts.map((verdict) => (
        <VerdictRow key={`${verdict.challenger}-${verdict.measure}`} verdict={verdict} />
      ))}
    </ul>
  );
