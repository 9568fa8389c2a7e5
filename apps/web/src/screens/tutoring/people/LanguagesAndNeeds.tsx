/** What tutors and learners alike say of themselves: their languages, and what a room must offer them. */
import { TagsInput } from '@mantine/core';
import type { ScheduleLearnerView, ScheduleView } from '../../../api/schedule.ts';
import { featuresOf, languagesOf } from './known.ts';

interface Said {
  readonly languages: string[];
  readonly access: string[];
}

export interface LanguagesAndNeedsProps {
  readonly setting: ScheduleView;
  readonly learners: readonly ScheduleLearnerView[];
  /** What naming languages, and naming none, means for this person. */
  readonly aboutLanguages: string;
  readonly value: Said;
  readonly faults: { readonly languages: string | undefined; readonly access: string | undefined };
  readonly change: (changed: Partial<Said>) => void;
}

export const LanguagesAndNeeds = (props: LanguagesAndNeedsProps) => {
  const { setting, learners, aboutLanguages, value, faults, change } = props;
  return (
    <>
      <TagsInput
        label="Languages"
        description={aboutLanguages}
        data={languagesOf(setting, learners)}
        value={value.languages}
        error={faults.languages}
        onChange={(languages) => change({ languages })}
      />
      <TagsInput
        label="Needs of a room"
        description="Such as: step-free. Sessions are held only in rooms that offer it."
        data={featuresOf(setting, learners)}
        value={value.access}
        error={faults.access}
        onChange={(access) => change({ access })}
      />
    </>
  );
};
