/** What counts how much when plans are compared: one weight for each part of a plan's worth. */
import { Button, NumberInput, SegmentedControl, Text } from '@mantine/core';
import type { ScheduleView } from '../../../api/schedule.ts';
import { formatNumber } from '../../../components/format.ts';
import { SettingForm } from '../forms/SettingForm.tsx';
import { useEntered } from '../forms/useEntered.ts';
import { TERM_NAMES, type Term } from '../words.ts';
import classes from './WeightsForm.module.css';

/** What a weight is multiplied with, and its unit. */
const MEANINGS: Readonly<Record<Term, readonly [meaning: string, unit: string]>> = {
  gain: ['What sessions bring, times how much each learner counts.', 'points for a point of learning'],
  cost: ['The price of each session.', 'points for a point of price'],
  continuity: ['Each tutor whom a learner with two sessions or more meets.', 'points for a tutor'],
  load: ['Tutors who teach many more or many fewer sessions than others.', 'points for a session, as measured below'],
  access: [
    'Groups of learners who get a larger or smaller share of what they want than all do.',
    'points for a session, times how far off, squared',
  ],
  spread: ['Two sessions of a learner on one day.', 'points for a pair'],
  change: ['Each published session that is given up although it could still be held.', 'points for a session'],
};

const LOADS = [
  { value: 'squares', label: 'By how far each is from the average, squared' },
  { value: 'range', label: 'By the most minus the fewest sessions' },
] as const;

const TERMS = Object.keys(TERM_NAMES) as Term[];

interface RowProps {
  readonly term: Term;
  readonly value: number;
  readonly usual: number;
  readonly fault: string | undefined;
  readonly onChange: (value: number) => void;
}

const Row = ({ term, value, usual, fault, onChange }: RowProps) => {
  const [meaning, unit] = MEANINGS[term];
  return (
    <li className={classes['row']}>
      <div>
        <Text size="sm" fw={550}>
          {TERM_NAMES[term]}
        </Text>
        <Text size="xs" c="dimmed">
          {meaning}
        </Text>
      </div>
      <NumberInput
        aria-label={TERM_NAMES[term]}
        description={unit}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        size="xs"
        min={0}
        step={0.5}
        value={value}
        error={fault}
        onChange={(next) => onChange(Number(next) || 0)}
      />
      {value === usual ? (
        <Text size="xs" c="dimmed" className={classes['usual']}>
          as usual
        </Text>
      ) : (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={`${TERM_NAMES[term]} as usual: ${formatNumber(usual)}`}
          onClick={() => onChange(usual)}
        >
          Usual: {formatNumber(usual)}
        </Button>
      )}
    </li>
  );
};

export const WeightsForm = ({ setting }: { readonly setting: ScheduleView }) => {
  const { usual, weights, loadFairness } = setting;
  const { value, change, clear } = useEntered({ ...weights, loadFairness });
  const { loadFairness: measure, ...entered } = value;
  return (
    <SettingForm
      setting={setting}
      button="Set what counts"
      done="What counts was set. The plan is now valued by it; plan again to have it made by it."
      body={() => ({ weights: entered, loadFairness: measure })}
      onDone={clear}
      note={
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => change({ ...usual.weights, loadFairness: 'squares' })}
        >
          All as usual
        </Button>
      }
    >
      {(faults) => (
        <>
          <ul className={classes['rows']} aria-label="What counts how much">
            {TERMS.map((term) => (
              <Row
                key={term}
                term={term}
                value={value[term]}
                usual={usual.weights[term]}
                fault={faults[`weights.${term}`]}
                onChange={(weight) => change({ [term]: weight })}
              />
            ))}
          </ul>
          <div>
            <Text size="sm" fw={550} mb={4} id="load-measure">
              Uneven load is measured
            </Text>
            <SegmentedControl
              size="xs"
              aria-labelledby="load-measure"
              className={classes['measure']}
              data={LOADS.map((one) => ({ ...one }))}
              value={measure}
              onChange={(next) => change({ loadFairness: next as typeof measure })}
            />
          </div>
          <Text size="xs" c="dimmed">
            Uneven access adds up, over the groups, the sessions wanted times the square of how far the group's share is
            from the share of all. A weight of 0 leaves a part out. Points are hundredths of a skill learned by one
            learner; everything is counted in them, so that it can be weighed up.
          </Text>
        </>
      )}
    </SettingForm>
  );
};
