/** One learner: when to come, with whom, in which languages, how much it counts, and what help is needed with. */
import { Autocomplete, Checkbox, Group, MultiSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { faultsByField } from '../../../api/problem.ts';
import { putLearner, removeLearner, type ScheduleLearnerView, type ScheduleView } from '../../../api/schedule.ts';
import { ChooseLearner } from '../../../app/ChooseLearner.tsx';
import { learnerIdOf, type Person } from '../../../app/session.tsx';
import { FormDialog } from '../forms/FormDialog.tsx';
import type { Faults } from '../forms/NamedDialog.tsx';
import { useEntered } from '../forms/useEntered.ts';
import { useScheduleWrite } from '../useTutoring.ts';
import { groupsOf } from './known.ts';
import { LanguagesAndNeeds } from './LanguagesAndNeeds.tsx';
import { type NeedByHand, NeedsField } from './NeedsField.tsx';
import { WeekTimesField } from './WeekTimesField.tsx';

/** People listed at once; typing finds the others. */
const LISTED = 100;

type Plain = Pick<
  ScheduleLearnerView,
  'available' | 'priority' | 'languages' | 'access' | 'company' | 'apart' | 'group'
>;

interface Draft extends Plain {
  /** Null: as the answers say. */
  readonly byHand: NeedByHand[] | null;
}

const NEW: Draft = {
  ...{ available: [], priority: 1, languages: [], access: [], company: 'any', apart: [], group: null },
  byHand: null,
};

const draftOf = (learner: ScheduleLearnerView): Draft => {
  const { available, priority, languages, access, company, apart, group, needs, needsOverridden } = learner;
  const byHand = needs.map(({ skill, sessions, gain }) => ({ skillId: skill.id, sessions, gain }));
  return {
    ...{ available, priority, languages, access, company, apart, group },
    byHand: needsOverridden ? byHand : null,
  };
};

export interface LearnerDialogProps {
  readonly setting: ScheduleView;
  readonly learners: readonly ScheduleLearnerView[];
  /** Null: one who does not take part yet, to be chosen. */
  readonly learnerId: number | null;
  readonly onClose: () => void;
}

interface FieldsProps extends Omit<LearnerDialogProps, 'onClose'> {
  readonly value: Draft;
  readonly faults: Faults;
  readonly change: (next: Partial<Draft>) => void;
}

const Company = ({ learners, learnerId, value, change }: FieldsProps) => (
  <>
    <Checkbox
      label="Only alone, never in a group"
      checked={value.company === 'alone'}
      onChange={(event) => change({ company: event.currentTarget.checked ? 'alone' : 'any' })}
    />
    {value.company === 'any' && (
      <MultiSelect
        label="Never in one session with"
        searchable
        limit={LISTED}
        data={learners
          .filter((other) => other.learnerId !== learnerId)
          .map((other) => ({ value: String(other.learnerId), label: other.name }))}
        value={value.apart.map(String)}
        onChange={(ids) => change({ apart: ids.map(Number) })}
      />
    )}
  </>
);

const Fields = (props: FieldsProps) => {
  const { setting, learners, value, faults, change } = props;
  return (
    <>
      <WeekTimesField
        label="Usually free"
        setting={setting}
        value={value.available}
        error={faults['available']}
        onChange={(available) => change({ available })}
      />
      <Group grow gap="sm" align="flex-start">
        <NumberInput
          label="How much it counts"
          description="1: as everybody; 2: what is gained counts twice."
          min={0}
          max={100}
          value={value.priority}
          error={faults['learner.priority']}
          onChange={(next) => change({ priority: Number(next) || 0 })}
        />
        <Autocomplete
          label="Group"
          description="Groups are compared: who gets what share."
          maxLength={200}
          data={groupsOf(learners)}
          value={value.group ?? ''}
          error={faults['group']}
          onChange={(group) => change({ group: group.trim() === '' ? null : group })}
        />
      </Group>
      <Company {...props} />
      <LanguagesAndNeeds
        {...{ setting, learners, value, change }}
        aboutLanguages="In which this learner can be taught; none named means any."
        faults={{ languages: faults['learner.languages'], access: faults['learner.access'] }}
      />
    </>
  );
};

export const LearnerDialog = ({ setting, learners, learnerId: given, onClose }: LearnerDialogProps) => {
  const { courseId, version } = setting;
  const [chosen, choose] = useState<Person | null>(null);
  const learnerId = given ?? learnerIdOf(chosen);
  const newest = learners.find((learner) => learner.learnerId === learnerId);
  const { value, change } = useEntered(newest ? draftOf(newest) : NEW);
  const { byHand: needs, group, ...plain } = value;
  const save = useScheduleWrite(
    courseId,
    () => putLearner(courseId, learnerId ?? 0, { version, group, learner: { ...plain, needs } }),
    onClose,
  );
  const remove = useScheduleWrite(courseId, () => removeLearner(courseId, learnerId ?? 0, version), onClose);
  const faults = faultsByField(save.error);
  return (
    <FormDialog
      courseId={courseId}
      title={newest?.name ?? 'A learner who takes part'}
      onClose={onClose}
      save={save}
      ready={learnerId !== null}
      remove={newest && { ...remove, label: 'No longer takes part' }}
    >
      {given === null && <ChooseLearner value={chosen} onChange={choose} />}
      <Fields {...{ setting, learners, learnerId, value, faults, change }} />
      <NeedsField
        skills={setting.skills}
        worked={newest?.needsOverridden === false ? newest.needs : null}
        value={needs}
        faults={faults}
        onChange={(byHand) => change({ byHand })}
      />
    </FormDialog>
  );
};
