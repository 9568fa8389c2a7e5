/** One tutor: name, what is taught, when, how much at the least and at the most. */
import { Button, Group, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { putTutor, removeTutor, type ScheduleView } from '../../../api/schedule.ts';
import { weekTimes } from '../calendar/week.ts';
import { useScheduleWrite } from '../useTutoring.ts';
import { FormDialog } from './FormDialog.tsx';
import { newKey } from './keys.ts';
import { usualTimes, withTimes } from './times.ts';
import { WeekTimesField } from './WeekTimesField.tsx';

type Tutor = ScheduleView['tutors'][number];

const NEW: Tutor = {
  ...{ id: '', name: '', skills: [], available: [], most: 20, least: 0, cost: 0 },
  ...{ languages: [], access: [], groupSize: 1 },
};

export interface TutorDialogProps {
  readonly setting: ScheduleView;
  /** Null: a new one. */
  readonly tutor: Tutor | null;
  readonly skills: readonly { readonly id: number; readonly name: string }[];
  readonly onClose: () => void;
}

const useDraft = ({ setting, tutor: given }: TutorDialogProps) => {
  const times = weekTimes(setting.slots, setting.timeZone);
  const [tutor, setTutor] = useState(given ?? NEW);
  const [free, setFree] = useState(() => usualTimes(tutor.available, times));
  const change = (next: Partial<Tutor>): void => setTutor((was) => ({ ...was, ...next }));
  const taken = setting.tutors.map(({ id }) => id);
  const draft: Tutor = {
    ...tutor,
    id: given?.id ?? newKey(tutor.name, taken),
    available: withTimes(tutor.available, times, free),
  };
  return { draft, change, times: times.map(({ time }) => time), free, setFree };
};

export const TutorDialog = (props: TutorDialogProps) => {
  const { setting, tutor, skills, onClose } = props;
  const { courseId, version } = setting;
  const { draft, change, times, free, setFree } = useDraft(props);
  const save = useScheduleWrite(courseId, () => putTutor(courseId, { version, tutor: draft }), onClose);
  const remove = useScheduleWrite(courseId, () => removeTutor(courseId, draft.id, version), onClose);
  const write = remove.error ? remove : save;
  return (
    <FormDialog
      courseId={courseId}
      title={tutor?.name ?? 'A new tutor'}
      onClose={onClose}
      onSubmit={() => save.mutate(undefined)}
      write={write}
      ready={draft.name.trim() !== ''}
      extra={
        tutor && (
          <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Remove
          </Button>
        )
      }
    >
      <TextInput
        label="Name"
        required
        maxLength={200}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <MultiSelect
        label="Teaches"
        searchable
        data={skills.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={draft.skills.map(({ skillId }) => String(skillId))}
        onChange={(ids) =>
          change({
            // Who is added teaches as well as anybody; how well others teach it stays.
            skills: ids.map(
              (id) => draft.skills.find(({ skillId }) => String(skillId) === id) ?? { skillId: Number(id), quality: 1 },
            ),
          })
        }
      />
      <WeekTimesField label="Usually free" times={times} value={free} onChange={setFree} />
      <Group grow gap="sm">
        <NumberInput
          label="Sessions at least"
          min={0}
          allowDecimal={false}
          value={draft.least}
          onChange={(least) => change({ least: Number(least) || 0 })}
        />
        <NumberInput
          label="Sessions at most"
          min={0}
          allowDecimal={false}
          value={draft.most}
          onChange={(most) => change({ most: Number(most) || 0 })}
        />
        <NumberInput
          label="Learners at once"
          min={1}
          max={30}
          allowDecimal={false}
          value={draft.groupSize}
          onChange={(groupSize) => change({ groupSize: Number(groupSize) || 1 })}
        />
      </Group>
    </FormDialog>
  );
};
