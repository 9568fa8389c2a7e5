/** What a short check found out: per skill in words, before and after as a plot, ways of thinking seen, what comes next. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconQuestionMark } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { planQuery } from '../../../api/learners.ts';
import type { QuizResult, QuizView } from '../../../api/quizzes.ts';
import { SimulatedBadge } from '../../../components/Badges.tsx';
import { MathText } from '../../../components/MathText.tsx';
import { type Origin, OriginButton } from '../../../components/OriginButton.tsx';
import { BeforeAfterPlot } from './BeforeAfterPlot.tsx';
import classes from './Quiz.module.css';
import { QuizReview } from './QuizReview.tsx';
import { sayFinding, saySure } from './words.ts';

export interface QuizOutcomeProps {
  readonly quiz: QuizView;
  readonly isSelf: boolean;
  /** True where it opens in a list: the focus stays, and what comes next has moved on since. */
  readonly quiet?: boolean;
  readonly onPractise?: (skillId: number, skillName: string) => void;
}

const originOf = ({ finishedAt }: QuizView, { model, runId }: QuizResult): Origin => {
  const guesses = 'one in five guessed right and one in ten slipped, the usual values';
  const basis =
    model === null
      ? `No model is fitted to this course yet: every skill began at even chances, with ${guesses}.`
      : `The words come from the answers here and what the model ${model.name} knew before${
          model.from === 'usual' ? `, with ${guesses}, because that model has none of its own` : ''
        }. Before and after are its mastery of each skill, which counts what is learned by answering, too.`;
  return { how: basis, runId, ...(finishedAt !== null && { at: finishedAt }) };
};

const ICONS = { knows: IconCheck, 'not-yet': IconCircleDashed, unsure: IconQuestionMark } as const;

const Findings = ({ result }: { readonly result: QuizResult }) => (
  <ul className={classes['findings']}>
    {result.skills.map((skill) => {
      const Icon = ICONS[skill.finding];
      return (
        <li key={skill.id} className={classes['finding']} data-finding={skill.asked === 0 ? undefined : skill.finding}>
          <Icon size={18} stroke={2.5} aria-hidden className={classes['mark']} />
          <div>
            <Text size="sm" fw={600}>
              {skill.name}: {sayFinding(skill).toLowerCase()}
            </Text>
            <Text size="xs" c="dimmed">
              {saySure(skill)}
            </Text>
          </div>
        </li>
      );
    })}
  </ul>
);

const Misconceptions = ({ seen }: { readonly seen: QuizResult['misconceptions'] }) =>
  seen.length === 0 ? null : (
    <div>
      <Title order={3} size="sm" mb={4}>
        What the wrong answers look like
      </Title>
      <ul className={classes['plain']}>
        {seen.map(({ id, name, description }) => (
          <li key={id}>
            <Text size="sm" component="div">
              <strong>{name}.</strong> <MathText>{description}</MathText>
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );

/** The first of the steps that were planned anew. */
const WhatNext = ({ learnerId, onPractise }: { learnerId: number } & Pick<QuizOutcomeProps, 'onPractise'>) => {
  const { data: plan } = useQuery(planQuery(learnerId));
  const step = plan?.sessions.flatMap(({ steps }) => steps)[0];
  if (step === undefined) return null;
  return (
    <Group gap="sm">
      <Text size="sm">
        Your next steps were made anew from this. The first is <strong>{step.skillName}</strong>.
      </Text>
      {onPractise && (
        <Button size="xs" onClick={() => onPractise(step.skillId, step.skillName)}>
          Practise it
        </Button>
      )}
    </Group>
  );
};

export const QuizOutcome = ({ quiz, isSelf, quiet = false, onPractise }: QuizOutcomeProps) => {
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!quiet) head.current?.focus();
  }, [quiet]);
  const { result } = quiz;
  if (result === null) return null;
  const origin = originOf(quiz, result);
  return (
    <Stack gap="md">
      <div ref={head} tabIndex={-1} className={classes['head']}>
        <Group gap={6}>
          <Title order={3}>What we found out</Title>
          <OriginButton origin={origin} of="What we found out" />
          {result.simulated && <SimulatedBadge />}
        </Group>
        <Text size="sm">{result.ending}</Text>
      </div>
      {result.answered > 0 && (
        <>
          <Findings result={result} />
          <BeforeAfterPlot result={result} origin={origin} />
        </>
      )}
      <Misconceptions seen={result.misconceptions} />
      {!quiet && result.answered > 0 && <WhatNext learnerId={quiz.learnerId} onPractise={onPractise} />}
      {result.answered > 0 && <QuizReview quiz={quiz} isSelf={isSelf} />}
    </Stack>
  );
};
