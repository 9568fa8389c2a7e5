/** The rules that the plan keeps now: only these can have a price. */
import type { RuleName } from '../../../api/schedule-proposals.ts';
import type { Tutoring } from '../useTutoring.ts';

/** In the order in which they are offered: what people did by hand first. */
export const rulesInForce = ({
  setting,
  learners,
  plan,
}: Pick<Tutoring, 'setting' | 'learners' | 'plan'>): RuleName[] => {
  const { rules, usual, tutors } = setting;
  const largest = Math.min(
    (rules.groupShare ?? usual.groupShare).length,
    tutors.reduce((most, { groupSize }) => Math.max(most, groupSize), 0),
  );
  const inForce: Readonly<Record<RuleName, boolean>> = {
    pins: plan.sessions.some(({ members }) => members.some(({ pin }) => pin !== null)),
    mostPerDay: rules.mostPerDay !== undefined,
    mostPerWeek: rules.mostPerWeek !== undefined,
    bufferMinutes: (rules.bufferMinutes ?? 0) > 0 || (rules.travelMinutes ?? []).length > 0,
    levelWidth: largest > 1 && (rules.levelWidth ?? usual.levelWidth) < 1,
    apart: learners.some(({ apart }) => apart.length > 0),
    alone: largest > 1 && learners.some(({ company }) => company === 'alone'),
    least: tutors.some(({ least }) => least > 0),
    most: tutors.length > 0,
  };
  return (Object.keys(inForce) as RuleName[]).filter((rule) => inForce[rule]);
};
