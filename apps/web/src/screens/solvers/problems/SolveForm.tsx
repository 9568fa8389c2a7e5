/** What to ask of the solvers on a file: which of them, how long, how often, what is known, and what it may cost. */
import { Button, Checkbox, Group, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { faultsByField } from '../../../api/problem.ts';
import { type InspectedFile, type ProblemRuns, type SolverOffer, startProblemRun } from '../../../api/problem-runs.ts';
import { formatDuration } from '../../../components/format.ts';
import { ProblemText } from '../../../components/ProblemText.tsx';
import { KIND_WORDS } from '../kinds.ts';

export interface SolveFormProps {
  readonly inspected: InspectedFile;
  readonly offer: Pick<ProblemRuns, 'defaults' | 'limits'>;
  readonly onStarted: (problemRunId: number) => void;
}

/** The first of each kind that takes the file and runs here. */
const usualOf = (solvers: readonly SolverOffer[]): string[] => {
  const kinds = new Map<string, string>();
  for (const { name, kind, refused, remote } of solvers) {
    if (refused === null && !remote && kind !== 'quantum-simulated' && !kinds.has(kind)) kinds.set(kind, name);
  }
  return [...kinds.values()];
};

interface SolverListProps {
  readonly solvers: readonly SolverOffer[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
  readonly fault?: string;
}

const SolverList = ({ solvers, chosen, onChange, fault }: SolverListProps) => {
  const refusing = solvers.filter(({ refused }) => refused !== null);
  return (
    <Stack gap="xs">
      <Checkbox.Group label="Solvers" value={[...chosen]} onChange={onChange} error={fault}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" mt="xs">
          {solvers
            .filter(({ refused }) => refused === null)
            .map(({ name, kind, description, remote }) => (
              <Checkbox
                key={name}
                value={name}
                label={name}
                description={`${KIND_WORDS[kind]}${remote ? ', runs elsewhere and may cost money' : ''}. ${description}`}
              />
            ))}
        </SimpleGrid>
      </Checkbox.Group>
      {refusing.length > 0 && (
        <details>
          <Text component="summary" size="sm">
            {refusing.length} solvers do not take this file
          </Text>
          <Stack component="ul" gap={4} mt={4} mb={0}>
            {refusing.map(({ name, refused }) => (
              <Text component="li" size="xs" key={name}>
                <strong>{name}</strong>: {refused}
              </Text>
            ))}
          </Stack>
        </details>
      )}
    </Stack>
  );
};

interface Values {
  readonly seconds: number;
  readonly repeats: number;
  readonly seed: number;
  readonly target: number | '';
  readonly limit: number | '';
}

const useStart = (fileId: number, onStarted: SolveFormProps['onStarted']) =>
  useMutation({
    mutationFn: ({ solvers, values, remote }: { solvers: string[]; values: Values; remote: boolean }) => {
      const { target, limit, ...rest } = values;
      return startProblemRun({
        ...{ fileId, solvers, ...rest },
        ...(target === '' ? {} : { target }),
        ...(remote && limit !== '' ? { spendingLimit: { amount: limit, currency: 'USD' } } : {}),
      });
    },
    onSuccess: ({ problemRunId }) => onStarted(problemRunId),
  });

export const SolveForm = ({ inspected, offer, onStarted }: SolveFormProps) => {
  const { file, solvers } = inspected;
  const { limits } = offer;
  const [chosen, setChosen] = useState(() => usualOf(solvers));
  const [values, setValues] = useState<Values>({ ...offer.defaults, target: '', limit: '' });
  const start = useStart(file.id, onStarted);
  const faults = faultsByField(start.error);
  const remote = solvers.some(({ name, remote }) => remote && chosen.includes(name));
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    start.mutate({ solvers: chosen, values, remote });
  };
  const number = (name: keyof Values, label: string, more: { min?: number; max?: number; step?: number }) => (
    <NumberInput
      label={label}
      size="xs"
      w={150}
      {...more}
      value={values[name]}
      onChange={(value) => {
        const empty = name === 'target' || name === 'limit';
        if (typeof value === 'number' || (empty && value === '')) setValues({ ...values, [name]: value });
      }}
      error={faults[name === 'limit' ? 'spendingLimit' : name]}
    />
  );
  const total = chosen.length * values.repeats * values.seconds;
  return (
    <form onSubmit={submit} aria-label={`Solve ${file.name}`}>
      <Stack gap="sm">
        <SolverList solvers={solvers} chosen={chosen} onChange={setChosen} fault={faults['solvers']} />
        <Group align="flex-end" gap="sm">
          {number('seconds', 'Seconds each', { min: limits.leastSeconds, max: limits.mostSeconds, step: 1 })}
          {number('repeats', 'Solves of each', { min: 1, max: limits.mostRepeats, step: 1 })}
          {number('seed', 'First seed', { min: 0, max: 2 ** 31 - 1 - limits.mostRepeats, step: 1 })}
          {number('target', `Best known ${file.objectiveName}`, {})}
          {remote && number('limit', 'Spend at most, USD', { min: 0, step: 1 })}
          <Button type="submit" size="xs" loading={start.isPending} disabled={chosen.length === 0}>
            Solve
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {chosen.length === 0
            ? 'Choose at least one solver.'
            : `One after another, each with the same time and the same seeds: about ${formatDuration(total)} in all.`}
        </Text>
        {start.isError && Object.keys(faults).length === 0 && <ProblemText error={start.error} />}
      </Stack>
    </form>
  );
};
