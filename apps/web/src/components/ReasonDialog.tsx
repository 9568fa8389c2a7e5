/** Asks a person for a reason before a decision of the system is changed; the reason is stored and shown. */
import { Button, Chip, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { faultsByField } from '../api/problem.ts';
import { ProblemText } from './ProblemText.tsx';

/** Shortest reason that says anything. */
const SHORTEST = 3;

export interface ReasonDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** "Skip: adding fractions". */
  readonly title: string;
  /** What will happen, and who will see the reason. */
  readonly explanation: ReactNode;
  /** Reasons that people give often; choosing one writes it. */
  readonly suggestions?: readonly string[];
  /** True where a reason is welcome but need not be given. */
  readonly optional?: boolean;
  readonly confirm: string;
  readonly onConfirm: (reason: string) => void;
  readonly busy?: boolean;
  readonly error?: unknown;
  /** Further fields of the decision, above the reason. */
  readonly children?: ReactNode;
  readonly confirmDisabled?: boolean;
}

export const ReasonDialog = (props: ReasonDialogProps) => {
  const {
    opened,
    onClose,
    title,
    explanation,
    suggestions = [],
    confirm,
    onConfirm,
    busy,
    error,
    children,
    optional = false,
  } = props;
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  useEffect(() => {
    if (!opened) return;
    setReason('');
    setTried(false);
  }, [opened]);

  const given = reason.trim();
  const tooShort = given.length < SHORTEST && !(optional && given === '');
  const fault = faultsByField(error)['reason'] ?? (tried && tooShort ? 'Say in a few words why.' : undefined);
  const submit = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    setTried(true);
    if (!tooShort) onConfirm(given);
  };

  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm" component="div">
            {explanation}
          </Text>
          {children}
          {suggestions.length > 0 && (
            <Group gap={6}>
              {suggestions.map((suggestion) => (
                <Chip
                  key={suggestion}
                  size="xs"
                  checked={reason === suggestion}
                  onChange={() => setReason(suggestion)}
                  variant="outline"
                >
                  {suggestion}
                </Chip>
              ))}
            </Group>
          )}
          <Textarea
            label="Reason"
            required={!optional}
            data-autofocus
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={fault}
          />
          {error !== undefined && error !== null && faultsByField(error)['reason'] === undefined && (
            <ProblemText error={error} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={busy ?? false} disabled={props.confirmDisabled ?? false}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
