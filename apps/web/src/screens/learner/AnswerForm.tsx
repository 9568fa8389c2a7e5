/** Where an answer is given: a line of text, one choice, or several. */
import { Button, Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import type { ExerciseView } from '../../api/practice.ts';
import { MathText } from '../../components/MathText.tsx';
import { sayMath } from '../../components/math-segments.ts';

export interface AnswerFormProps {
  readonly exercise: ExerciseView;
  /** Why the answer could not be read; it was not counted. */
  readonly problem: string | null;
  /** What to do where there is no answer yet. */
  readonly emptyHint?: string;
  readonly busy: boolean;
  readonly onAnswer: (response: string | string[]) => void;
  /** Further buttons beside "Check". */
  readonly children: ReactNode;
}

interface InputProps<Value> {
  readonly exercise: ExerciseView;
  readonly error: string | null;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

const TextAnswer = ({ exercise, error, value, onChange }: InputProps<string>) => (
  <TextInput
    label="Your answer"
    description={exercise.inputHelp}
    size="md"
    autoComplete="off"
    autoCapitalize="off"
    spellCheck={false}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
    error={error}
  />
);

const OneChoice = ({ exercise, error, value, onChange }: InputProps<string>) => (
  <Radio.Group label="Your answer" description={exercise.inputHelp} value={value} onChange={onChange} error={error}>
    <Stack gap="xs" mt="xs">
      {exercise.choices.map((choice) => (
        <Radio
          key={choice.id}
          value={choice.id}
          aria-label={sayMath(choice.text)}
          label={<MathText>{choice.text}</MathText>}
        />
      ))}
    </Stack>
  </Radio.Group>
);

const SeveralChoices = ({ exercise, error, value, onChange }: InputProps<string[]>) => (
  <Checkbox.Group
    label="Your answer"
    description={exercise.inputHelp ?? 'More than one can be right.'}
    value={value}
    onChange={onChange}
    error={error}
  >
    <Stack gap="xs" mt="xs">
      {exercise.choices.map((choice) => (
        <Checkbox
          key={choice.id}
          value={choice.id}
          aria-label={sayMath(choice.text)}
          label={<MathText>{choice.text}</MathText>}
        />
      ))}
    </Stack>
  </Checkbox.Group>
);

export const AnswerForm = (props: AnswerFormProps) => {
  const { exercise, problem, busy, onAnswer, children } = props;
  const { emptyHint = 'Give an answer first, or ask to be shown how.' } = props;
  const [text, setText] = useState('');
  const [several, setSeveral] = useState<string[]>([]);
  const [empty, setEmpty] = useState(false);
  const isEmpty = exercise.input === 'choices' ? several.length === 0 : text.trim() === '';
  const error = empty && isEmpty ? emptyHint : problem;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setEmpty(isEmpty);
    if (!isEmpty) onAnswer(exercise.input === 'choices' ? several : text.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {exercise.input === 'text' && <TextAnswer exercise={exercise} error={error} value={text} onChange={setText} />}
        {exercise.input === 'choice' && <OneChoice exercise={exercise} error={error} value={text} onChange={setText} />}
        {exercise.input === 'choices' && (
          <SeveralChoices exercise={exercise} error={error} value={several} onChange={setSeveral} />
        )}
        <Group gap="xs">
          <Button type="submit" loading={busy}>
            Check
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
};
