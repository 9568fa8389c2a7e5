/**
 * Mastery on screen. One sequential scale everywhere; the number, the word and the filled height say the same without
 * colour, and the interval says how sure we are.
 */
import { Group, Text, Tooltip } from '@mantine/core';
import { MASTERED_FROM, masteryStep, masteryWord } from '../theme/tokens.ts';
import { formatInterval, formatNumber, type Interval } from './format.ts';
import classes from './Mastery.module.css';

export interface MasteryProps {
  /** Probability that the skill is known, 0 to 1; null where nothing has been answered. */
  readonly mastery: number | null;
  readonly interval?: Interval;
  /** Mastery from which it counts as mastered. */
  readonly masteredFrom?: number;
}

/** The sentence that a screen reader and a tooltip say: "62 % (48 to 75 %), nearly there". */
export const sayMastery = ({ mastery, interval, masteredFrom = MASTERED_FROM }: MasteryProps): string => {
  if (mastery === null) return 'no answers yet';
  const range = interval ? ` (${formatInterval(interval, { unit: '%' })})` : '';
  return `${formatNumber(mastery, { unit: '%' })}${range}, ${masteryWord(mastery, masteredFrom)}`;
};

/** A bar from 0 to 100 % with the interval as a whisker and a tick where "mastered" begins. */
export const MasteryBar = ({
  mastery,
  interval,
  masteredFrom = MASTERED_FROM,
  label,
}: MasteryProps & { readonly label: string }) => (
  <Group gap="xs" wrap="nowrap">
    {/* biome-ignore lint/a11y/useSemanticElements: browsers let nothing be drawn into a native meter */}
    <div
      className={classes['bar']}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((mastery ?? 0) * 100)}
      aria-valuetext={sayMastery({ mastery, interval, masteredFrom })}
    >
      {mastery !== null && (
        <span
          className={classes['fill']}
          style={{ width: `${mastery * 100}%`, background: `var(--q-mastery-${Math.max(1, masteryStep(mastery))})` }}
        />
      )}
      {interval && mastery !== null && (
        <span
          className={classes['whisker']}
          style={{ left: `${interval.low * 100}%`, width: `${Math.max(0, interval.high - interval.low) * 100}%` }}
        />
      )}
      <span className={classes['threshold']} style={{ left: `${masteredFrom * 100}%` }} />
    </div>
    <Text span size="xs" fw={600} className={classes['number']} aria-hidden>
      {mastery === null ? '–' : formatNumber(mastery, { unit: '%' })}
    </Text>
  </Group>
);

/** One cell of a heat map: the number on the colour; the tooltip names learner and skill. */
export const MasteryCell = ({
  mastery,
  interval,
  masteredFrom = MASTERED_FROM,
  label,
}: MasteryProps & { readonly label: string }) => {
  const step = mastery === null ? 0 : masteryStep(mastery);
  const said = `${label}: ${sayMastery({ mastery, interval, masteredFrom })}`;
  return (
    <Tooltip label={said} events={{ hover: true, focus: false, touch: true }}>
      <span
        className={classes['cell']}
        data-unknown={mastery === null || undefined}
        data-mastered={(mastery !== null && mastery >= masteredFrom) || undefined}
        style={
          mastery === null
            ? undefined
            : { background: `var(--q-mastery-${step})`, color: `var(--q-mastery-text-${step})` }
        }
      >
        <span aria-hidden>{mastery === null ? '·' : Math.round(mastery * 100)}</span>
        <span className={classes['hidden']}>{said}</span>
      </span>
    </Tooltip>
  );
};

/** The scale with its words, for the head of a heat map or map. */
export const MasteryKey = () => (
  <Group gap={0} component="ul" className={classes['key']} aria-label="Scale of mastery">
    {[0.1, 0.3, 0.5, 0.7, 0.9].map((mastery, step) => (
      <li
        key={mastery}
        style={{ background: `var(--q-mastery-${step})`, color: `var(--q-mastery-text-${step})` }}
        className={classes['keyStep']}
      >
        {masteryWord(mastery)}
      </li>
    ))}
  </Group>
);
