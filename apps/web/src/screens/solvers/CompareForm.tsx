/** What to compare: learners, time for each solver, seed, which solvers. The server says what is sensible. */
import { Button, Group, MultiSelect, NumberInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { faultsByField } from '../../api/problem.ts';
import { type CourseComparisons, startComparison } from '../../api/solvers.ts';
import { ProblemText } from '../../components/ProblemText.tsx';

export interface CompareFormProps {
  readonly courseId: number;
  readonly offer: Pick<CourseComparisons, 'solvers' | 'defaults' | 'fewestForVerdict'>;
  readonly busy: boolean;
  readonly onStarted: (jobId: string) => void;
}

type Values = Record<keyof CourseComparisons['defaults'], number>;

interface Field {
  readonly name: keyof Values;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Whether a verdict needs enough of them. */
  readonly isEvidence?: boolean;
}

const FIELDS: readonly Field[] = [
  { name: 'learners', label: 'Learners', min: 5, max: 200, step: 5, isEvidence: true },
  { name: 'seconds', label: 'Seconds each', min: 0.05, max: 10, step: 0.1 },
  { name: 'simulatedLearners', label: 'Simulated learners', min: 0, max: 500, step: 20, isEvidence: true },
  { name: 'seed', label: 'Seed', min: 0, max: 2 ** 31 - 1, step: 1 },
];

export const CompareForm = ({ courseId, offer, busy, onStarted }: CompareFormProps) => {
  const [values, setValues] = useState<Values>(offer.defaults);
  const [chosen, setChosen] = useState<string[]>([]);
  const start = useMutation({
    mutationFn: () => startComparison(courseId, { ...values, ...(chosen.length > 0 ? { solvers: chosen } : {}) }),
    onSuccess: ({ jobId }) => onStarted(jobId),
  });
  const faults = faultsByField(start.error);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    start.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          {FIELDS.map((field) => (
            <NumberInput
              key={field.name}
              label={field.label}
              description={field.isEvidence ? `Under ${offer.fewestForVerdict}: no verdict` : undefined}
              size="xs"
              w={150}
              min={field.min}
              max={field.max}
              step={field.step}
              value={values[field.name]}
              onChange={(value) => typeof value === 'number' && setValues({ ...values, [field.name]: value })}
              error={faults[field.name]}
            />
          ))}
          <MultiSelect
            label="Solvers"
            size="xs"
            miw={220}
            style={{ flex: 1 }}
            placeholder={chosen.length === 0 ? 'the usual ones' : ''}
            data={offer.solvers.map(({ name }) => name)}
            value={chosen}
            onChange={setChosen}
            clearable
            error={faults['solvers']}
          />
          <Button type="submit" size="xs" loading={start.isPending} disabled={busy}>
            Compare now
          </Button>
        </Group>
        {start.isError && Object.keys(faults).length === 0 && <ProblemText error={start.error} />}
      </Stack>
    </form>
  );
};
