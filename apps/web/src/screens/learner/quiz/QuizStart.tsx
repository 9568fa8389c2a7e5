/** What a short check is for, how long it takes, what it will be about, and the button that begins it. */
import { Button, Group, MultiSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { quizOfferQuery } from '../../../api/quizzes.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import type { Quizzes } from './useQuizzes.ts';

export interface QuizStartProps {
  readonly learnerId: number;
  /** True below the result of another one. */
  readonly again: boolean;
  readonly quizzes: Quizzes;
  readonly onBegin: (body: { skillIds?: number[] }) => void;
}

interface SkillChoiceProps extends Pick<QuizStartProps, 'learnerId'> {
  readonly chosen: readonly string[] | null;
  readonly onChoose: (ids: string[]) => void;
}

/** The skills that it will be about, to begin with those of which least is known. */
const SkillChoice = ({ learnerId, chosen, onChoose }: SkillChoiceProps) => {
  const offer = useQuery(quizOfferQuery(learnerId));
  return (
    <Loaded query={offer} what="the skills" height={60}>
      {({ skills, mostSkills }) => (
        <MultiSelect
          label="Skills to check"
          description={`Up to ${mostSkills}. Chosen to begin with: those we know least about, on the way to your goals.`}
          data={skills.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={[...(chosen ?? skills.filter((skill) => skill.chosen).map(({ id }) => String(id)))]}
          onChange={onChoose}
          maxValues={mostSkills}
          searchable
          clearable
          nothingFoundMessage="No such skill has questions"
        />
      )}
    </Loaded>
  );
};

export const QuizStart = ({ learnerId, again, quizzes, onBegin }: QuizStartProps) => {
  const [choosing, setChoosing] = useState(false);
  const [chosen, setChosen] = useState<string[] | null>(null);
  const none = chosen !== null && chosen.length === 0;
  return (
    <Stack gap="sm">
      {!again && (
        <Text size="sm">
          We ask about the skills we know least about, on the way to your goals. Each question is chosen by your answers
          so far; it ends as soon as we are sure enough, at the latest after 10 questions. That takes 3 to 10 minutes.
          Your next steps are made anew from it.
        </Text>
      )}
      {choosing && <SkillChoice learnerId={learnerId} chosen={chosen} onChoose={setChosen} />}
      <Group gap="xs">
        <Button
          variant={again ? 'default' : 'filled'}
          loading={quizzes.begin.isPending}
          disabled={none}
          onClick={() => onBegin(chosen === null ? {} : { skillIds: chosen.map(Number) })}
        >
          {again ? 'Another short check' : 'Start'}
        </Button>
        {!choosing && (
          <Button variant="subtle" onClick={() => setChoosing(true)}>
            Choose the skills
          </Button>
        )}
      </Group>
    </Stack>
  );
};
