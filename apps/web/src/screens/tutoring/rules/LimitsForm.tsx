/** How many sessions one learner has at the most, and the pause between sessions. */
import { NumberInput, SimpleGrid } from '@mantine/core';
import type { ScheduleView } from '../../../api/schedule.ts';
import { SettingForm } from '../forms/SettingForm.tsx';
import { useEntered } from '../forms/useEntered.ts';

const LIMITS = [
  {
    name: 'mostPerDay',
    label: 'Sessions of a learner on one day',
    description: 'At most',
    placeholder: 'no limit',
    min: 1,
  },
  {
    name: 'mostPerWeek',
    label: 'Sessions of a learner in one week',
    description: 'At most',
    placeholder: 'no limit',
    min: 1,
  },
  {
    name: 'bufferMinutes',
    label: 'Pause between two sessions',
    description: 'At least, for learners and tutors',
    placeholder: 'none',
    min: 0,
    suffix: ' min',
  },
] as const;

export const LimitsForm = ({ setting }: { readonly setting: ScheduleView }) => {
  const { value, change, clear } = useEntered(setting.rules);
  return (
    <SettingForm
      setting={setting}
      button="Set the limits"
      done="The limits were set. Plans from now on keep them."
      body={() => ({ rules: value })}
      onDone={clear}
    >
      {(faults) => (
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" maw={840}>
          {LIMITS.map(({ name, ...field }) => (
            <NumberInput
              key={name}
              {...field}
              allowDecimal={false}
              value={value[name] ?? ''}
              error={faults[`rules.${name}`]}
              onChange={(next) => change({ [name]: next === '' ? undefined : Number(next) })}
            />
          ))}
        </SimpleGrid>
      )}
    </SettingForm>
  );
};
