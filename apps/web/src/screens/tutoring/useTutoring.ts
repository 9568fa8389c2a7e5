/** What the screen shows of a course's schedule, and the one way to write to it: with the version that was on screen. */
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  publishedPlanQuery,
  type ScheduleLearnerView,
  type SchedulePlanView,
  type ScheduleView,
  scheduleKey,
  scheduleLearnersQuery,
  schedulePlanQuery,
  scheduleQuery,
} from '../../api/schedule.ts';
import { indexPlan, type PlanIndex } from './calendar/view.ts';

/** A setting with the plan that was made from it. */
export interface Tutoring {
  readonly courseId: number;
  readonly setting: ScheduleView;
  readonly learners: readonly ScheduleLearnerView[];
  readonly plan: SchedulePlanView;
  readonly index: PlanIndex;
  /** The version that is on screen: goes with every write. */
  readonly version: number;
}

export interface TutoringParts {
  readonly setting: UseQueryResult<ScheduleView>;
  readonly learners: UseQueryResult<{ readonly learners: ScheduleLearnerView[] }>;
  readonly plan: UseQueryResult<SchedulePlanView>;
  /** Null until everything is there, and while there is no plan. */
  readonly tutoring: Tutoring | null;
}

export const useTutoring = (courseId: number): TutoringParts => {
  const setting = useQuery(scheduleQuery(courseId));
  const learners = useQuery(scheduleLearnersQuery(courseId));
  const plan = useQuery({
    ...schedulePlanQuery(courseId),
    enabled: setting.data != null && setting.data.plan !== null,
  });
  const number = setting.data?.published?.number ?? null;
  const published = useQuery({ ...publishedPlanQuery(courseId, number ?? 0), enabled: number !== null });
  const tutoring = useMemo(() => {
    if (!setting.data || !learners.data || !plan.data || setting.data.plan === null) return null;
    const index = indexPlan(
      setting.data,
      plan.data,
      learners.data.learners,
      number === null ? null : (published.data?.sessions ?? null),
    );
    const { data } = setting;
    // The older of the two: what was changed between the two answers has not been seen.
    const version = Math.min(data.version, plan.data.version);
    return { courseId, setting: data, learners: learners.data.learners, plan: plan.data, index, version };
  }, [courseId, setting.data, learners.data, plan.data, published.data, number, setting]);
  return { setting, learners, plan, tutoring };
};

/** A write to the schedule: everything of it is looked at again afterwards. */
export const useScheduleWrite = <Input, Output>(
  courseId: number,
  write: (input: Input) => Promise<Output>,
  onDone?: (output: Output, input: Input) => void,
) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: async (output, input) => {
      onDone?.(output, input);
      await client.invalidateQueries({ queryKey: scheduleKey(courseId) });
    },
  });
};
