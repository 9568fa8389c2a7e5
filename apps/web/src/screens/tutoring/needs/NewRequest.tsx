/** One more session for a learner: who and what, before places are looked for. */
import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import type { Tutoring } from '../useTutoring.ts';
import type { Request } from './SuggestionsDialog.tsx';

/** Listed at once; typing finds the others. */
const LISTED = 100;

interface NewRequestProps {
  readonly tutoring: Tutoring;
  readonly onFind: (request: Request) => void;
}

export const NewRequest = ({ tutoring, onFind }: NewRequestProps) => {
  const { learners, setting } = tutoring;
  const [learnerId, setLearner] = useState<string | null>(null);
  const [skillId, setSkill] = useState<string | null>(null);
  const find = (): void => {
    const learner = learners.find((one) => String(one.learnerId) === learnerId);
    const skill = setting.skills.find(({ id }) => String(id) === skillId);
    if (!learner || !skill) return;
    onFind({ learnerId: learner.learnerId, learnerName: learner.name, skillId: skill.id, skillName: skill.name });
  };
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label="Learner"
        size="xs"
        searchable
        limit={LISTED}
        placeholder="Who"
        data={learners.map((one) => ({ value: String(one.learnerId), label: one.name }))}
        value={learnerId}
        onChange={setLearner}
      />
      <Select
        label="Skill"
        size="xs"
        searchable
        limit={LISTED}
        placeholder="What"
        data={setting.skills.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={skillId}
        onChange={setSkill}
      />
      <Button size="xs" variant="default" disabled={learnerId === null || skillId === null} onClick={find}>
        Find a place
      </Button>
    </Group>
  );
};
