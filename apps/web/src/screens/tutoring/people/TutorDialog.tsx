/** One tutor: name, what is taught and how well, when, how much at the least and at the most, price and languages. */
import { NumberInput, SimpleGrid } from '@mantine/core';
import { putTutor, removeTutor, type ScheduleLearnerView, type ScheduleView } from '../../../api/schedule.ts';
import { type Faults, NamedDialog } from '../forms/NamedDialog.tsx';
import { LanguagesAndNeeds } from './LanguagesAndNeeds.tsx';
import { SkillsField } from './SkillsField.tsx';
import { WeekTimesField } from './WeekTimesField.tsx';

type Tutor = ScheduleView['tutors'][number];

const NEW: Tutor = {
  ...{ id: '', name: '', skills: [], available: [], most: 20, least: 0, cost: 0 },
  ...{ languages: [], access: [], groupSize: 1 },
};

const NUMBERS = [
  { name: 'least', label: 'Sessions at least', description: 'Over the term', min: 0 },
  { name: 'most', label: 'Sessions at most', description: 'Over the term', min: 0 },
  { name: 'groupSize', label: 'Learners at once', description: 'At most', min: 1, max: 30 },
  { name: 'cost', label: 'Price of a session', description: 'In points', min: 0, allowDecimal: true },
] as const;

const check = ({ least, most }: Tutor): Faults =>
  least > most ? { least: `Expected at most ${most}, the most sessions.` } : {};

export interface TutorDialogProps {
  readonly setting: ScheduleView;
  readonly learners: readonly ScheduleLearnerView[];
  /** Null: a new one. */
  readonly id: string | null;
  readonly onClose: () => void;
}

export const TutorDialog = ({ setting, learners, id, onClose }: TutorDialogProps) => {
  const { courseId, version, tutors, skills } = setting;
  return (
    <NamedDialog
      setting={setting}
      noun="tutor"
      path="tutor"
      rows={tutors}
      id={id}
      blank={NEW}
      put={(tutor) => putTutor(courseId, { version, tutor })}
      remove={(tutor) => removeTutor(courseId, tutor, version)}
      check={check}
      onClose={onClose}
    >
      {({ value, change, faults }) => (
        <>
          <SkillsField skills={skills} value={value.skills} onChange={(taught) => change({ skills: taught })} />
          <WeekTimesField
            label="Usually free"
            setting={setting}
            value={value.available}
            error={faults['available']}
            onChange={(available) => change({ available })}
          />
          <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
            {NUMBERS.map(({ name, ...field }) => (
              <NumberInput
                key={name}
                allowDecimal={false}
                {...field}
                value={value[name]}
                error={faults[name]}
                onChange={(next) => change({ [name]: Number(next) || field.min })}
              />
            ))}
          </SimpleGrid>
          <LanguagesAndNeeds
            {...{ setting, learners, value, change }}
            aboutLanguages="Spoken well enough to teach in; none named means every language."
            faults={{ languages: faults['languages'], access: faults['access'] }}
          />
        </>
      )}
    </NamedDialog>
  );
};
