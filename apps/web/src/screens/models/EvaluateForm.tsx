/** What to compare: which models, and the seed that draws who predicts whom. */
import { Button, Group, MultiSelect, NumberInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { type CourseModels, startEvaluation } from '../../api/models.ts';
import { faultsByField } from '../../api/problem.ts';
import { ProblemText } from '../../components/ProblemText.tsx';

export interface EvaluateFormProps {
  readonly courseId: number;
  readonly offer: Pick<CourseModels, 'models' | 'fewestForVerdict'>;
  readonly busy: boolean;
  readonly onStarted: (jobId: string) => void;
}

export const EvaluateForm = ({ courseId, offer, busy, onStarted }: EvaluateFormProps) => {
  const [seed, setSeed] = useState(1);
  const [chosen, setChosen] = useState<string[]>([]);
  const start = useMutation({
    mutationFn: () => startEvaluation(courseId, { seed, ...(chosen.length > 0 ? { models: chosen } : {}) }),
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
          <MultiSelect
            label="Models"
            description={`A verdict needs ${offer.fewestForVerdict} learners. The champion always takes part.`}
            size="xs"
            miw={260}
            style={{ flex: 1 }}
            placeholder={chosen.length === 0 ? 'all of them' : ''}
            data={offer.models.map(({ name }) => name)}
            value={chosen}
            onChange={setChosen}
            clearable
            error={faults['models']}
          />
          <NumberInput
            label="Seed"
            size="xs"
            w={110}
            min={0}
            max={2 ** 31 - 1}
            value={seed}
            onChange={(value) => typeof value === 'number' && setSeed(value)}
            error={faults['seed']}
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
