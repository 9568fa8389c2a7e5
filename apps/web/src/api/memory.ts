/** How well a learner still knows a skill. */
import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api } from './client.ts';
import { learnerKey, type SkillMapView } from './learners.ts';

const memory = api.learners[':learnerId'].skills[':skillId'].memory;

export type MemoryView = InferResponseType<typeof memory.$get, 200>;
/** What the skill map says of it. */
export type MemoryNow = NonNullable<SkillMapView['skills'][number]['memory']>;

export const memoryQuery = (learnerId: number, skillId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'memory', skillId],
    queryFn: async ({ signal }) => {
      const param = { learnerId: String(learnerId), skillId: String(skillId) };
      return (await memory.$get({ param }, { init: { signal } })).json();
    },
  });
