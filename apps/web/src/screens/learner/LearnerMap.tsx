/** The learner's skill map: states from the server, the plan's steps and the goals marked on it. */
import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type PlanView, planQuery, type SkillMapView, skillMapQuery } from '../../api/learners.ts';
import { Loaded } from '../../app/Loaded.tsx';
import type { MapLink, MapSkill } from '../../components/skill-map/map-graph.ts';
import { SkillMap } from '../../components/skill-map/SkillMap.tsx';
import { StillKnown } from './StillKnown.tsx';

/** Number of the first step of each planned skill, from 1. */
const stepsOf = (plan: PlanView | undefined): ReadonlyMap<number, number> => {
  const steps = new Map<number, number>();
  for (const [index, step] of (plan?.sessions ?? []).flatMap((session) => session.steps).entries()) {
    if (!steps.has(step.skillId)) steps.set(step.skillId, index + 1);
  }
  return steps;
};

const skillsOf = (view: SkillMapView, steps: ReadonlyMap<number, number>): MapSkill[] =>
  view.skills.map((skill) => ({
    id: String(skill.id),
    name: skill.name,
    status: skill.state,
    mastery: skill.mastery?.mean ?? null,
    goal: skill.isGoal,
    ...(skill.subject === null ? {} : { group: skill.subject }),
    ...(skill.mastery === null ? {} : { interval: skill.mastery }),
    ...(skill.memory?.fading ? { fading: true } : {}),
    ...(steps.has(skill.id) ? { step: steps.get(skill.id)! } : {}),
  }));

const linksOf = (view: SkillMapView): MapLink[] =>
  view.prerequisites
    .filter((link) => link.enabled)
    .map(({ from, to, strength, source }) => ({
      from: String(from),
      to: String(to),
      strength,
      estimated: source === 'estimated',
    }));

export interface LearnerMapProps {
  readonly learnerId: number;
  readonly onPractise?: (skillId: number, skillName: string) => void;
}

const PlannedMap = ({
  learnerId,
  view,
  plan,
  onPractise,
}: { view: SkillMapView; plan?: PlanView } & LearnerMapProps) => {
  const memories = useMemo(() => new Map(view.skills.map((skill) => [String(skill.id), skill.memory])), [view]);
  const skills = useMemo(() => skillsOf(view, stepsOf(plan)), [view, plan]);
  const links = useMemo(() => linksOf(view), [view]);
  return (
    <SkillMap
      skills={skills}
      links={links}
      renderActions={(skill) => {
        const memory = memories.get(skill.id);
        return (
          <Stack gap="xs">
            {memory && (
              <StillKnown learnerId={learnerId} skillId={Number(skill.id)} skillName={skill.name} memory={memory} />
            )}
            {onPractise && (
              <Button size="xs" variant="light" onClick={() => onPractise(Number(skill.id), skill.name)}>
                Practise this
              </Button>
            )}
          </Stack>
        );
      }}
    />
  );
};

export const LearnerMap = ({ learnerId, onPractise }: LearnerMapProps) => {
  const view = useQuery(skillMapQuery(learnerId));
  const plan = useQuery(planQuery(learnerId));
  return (
    <Loaded query={view} what="the skill map" height={460}>
      {(data) => <PlannedMap learnerId={learnerId} view={data} plan={plan.data} onPractise={onPractise} />}
    </Loaded>
  );
};
