/** What came of an answer: right or not and why, the worked solution, and every skill whose mastery moved. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowRight, IconCheck, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { AnswerResult } from '../../api/practice.ts';
import { formatNumber } from '../../components/format.ts';
import { MathText } from '../../components/MathText.tsx';
import classes from './Practice.module.css';

export type Checked = Extract<AnswerResult, { accepted: true }>;

/** The worked solution, one step more with each press, or all at once. */
const Solution = ({ steps }: { readonly steps: readonly string[] }) => {
  const [shown, setShown] = useState(1);
  if (steps.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        Step by step
      </Text>
      <ol className={classes['steps']} aria-live="polite">
        {steps.slice(0, shown).map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps of one solution, only ever appended
          <li key={index}>
            <MathText>{step}</MathText>
          </li>
        ))}
      </ol>
      {shown < steps.length && (
        <Group gap="xs" mt="xs">
          <Button size="xs" variant="default" onClick={() => setShown(shown + 1)}>
            Next step
          </Button>
          <Button size="xs" variant="subtle" onClick={() => setShown(steps.length)}>
            All {steps.length} steps
          </Button>
        </Group>
      )}
    </div>
  );
};

const Moves = ({ mastery }: Pick<Checked, 'mastery'>) => (
  <ul className={classes['moves']}>
    {mastery.map((skill) => (
      <li key={skill.id}>
        <Text size="sm">
          {skill.name}: {formatNumber(skill.before, { unit: '%' })} →{' '}
          <strong>{formatNumber(skill.after, { unit: '%' })}</strong>
        </Text>
      </li>
    ))}
  </ul>
);

export interface AnswerOutcomeProps {
  readonly checked: Checked;
  readonly onNext: () => void;
  readonly loading: boolean;
}

export const AnswerOutcome = ({ checked, onNext, loading }: AnswerOutcomeProps) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const Icon = checked.correct ? IconCheck : IconX;
  return (
    <Stack gap="md">
      <div
        ref={box}
        tabIndex={-1}
        role="status"
        className={classes['outcome']}
        data-right={checked.correct || undefined}
      >
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Icon size={20} stroke={2.5} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
          <Stack gap={4}>
            <Text fw={650}>{checked.correct ? 'Right' : 'Not yet'}</Text>
            {checked.feedback && (
              <Text size="sm" className={classes['said']} component="div">
                <MathText>{checked.feedback}</MathText>
              </Text>
            )}
            {checked.misconception && (
              <Text size="sm" className={classes['said']} component="div">
                <strong>{checked.misconception.name}.</strong> <MathText>{checked.misconception.description}</MathText>
              </Text>
            )}
            {!checked.correct && (
              <Text size="sm" className={classes['said']} component="div">
                The answer: <MathText>{checked.answer}</MathText>
              </Text>
            )}
          </Stack>
        </Group>
      </div>
      <Moves mastery={checked.mastery} />
      {checked.planChanged && (
        <Text size="sm" c="dimmed">
          Your next steps changed because of this answer.
        </Text>
      )}
      <Solution steps={checked.steps} />
      <Group>
        <Button onClick={onNext} loading={loading} rightSection={<IconArrowRight size={16} aria-hidden />}>
          Next exercise
        </Button>
      </Group>
    </Stack>
  );
};
