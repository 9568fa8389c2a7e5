/** Sets a learner's goals, the day by which they should be met, and the minutes of a session. */
import { Button, Group, Modal, MultiSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { type LearnerView, learnerKey, setGoals, skillMapQuery } from '../../api/learners.ts';
import { faultsByField } from '../../api/problem.ts';
import { ProblemText } from '../../components/ProblemText.tsx';

/** Limits that the server states, too. */
const MOST_GOALS = 50;
const MINUTES = { least: 5, most: 240 } as const;

const useGoalsForm = (learner: LearnerView) => {
  const [skillIds, setSkillIds] = useState<string[]>(
    learner.goalsAreDefault ? [] : learner.goals.map(({ id }) => String(id)),
  );
  const [by, setBy] = useState(learner.goals.find((goal) => goal.by !== null)?.by ?? '');
  const [minutes, setMinutes] = useState<number | string>(learner.minutesPerSession);
  return { skillIds, setSkillIds, by, setBy, minutes, setMinutes };
};

export const GoalsDialog = ({ learner, onClose }: { readonly learner: LearnerView; readonly onClose: () => void }) => {
  const client = useQueryClient();
  const skills = useQuery(skillMapQuery(learner.id));
  const form = useGoalsForm(learner);
  const save = useMutation({
    mutationFn: () =>
      setGoals(learner.id, {
        skillIds: form.skillIds.map(Number),
        by: form.by === '' ? null : form.by,
        ...(typeof form.minutes === 'number' ? { minutesPerSession: form.minutes } : {}),
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: learnerKey(learner.id) });
      onClose();
    },
  });
  const faults = faultsByField(save.error);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal opened onClose={onClose} title="Goals" size="lg">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <MultiSelect
            label="Skills to reach"
            description="Leave it empty for the usual goals: the last skills of the course."
            data-autofocus
            searchable
            clearable
            limit={40}
            maxValues={MOST_GOALS}
            data={(skills.data?.skills ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
            value={form.skillIds}
            onChange={form.setSkillIds}
            error={faults['skillIds']}
          />
          <TextInput
            type="date"
            label="By"
            description="Optional. Goals that do not fit before this day are said so."
            value={form.by}
            onChange={(event) => form.setBy(event.currentTarget.value)}
            error={faults['by']}
          />
          <NumberInput
            label="Minutes a session"
            min={MINUTES.least}
            max={MINUTES.most}
            step={5}
            value={form.minutes}
            onChange={form.setMinutes}
            error={faults['minutesPerSession']}
          />
          {save.isError && Object.keys(faults).length === 0 && <ProblemText error={save.error} />}
          <Text size="xs" c="dimmed">
            The next steps are planned again for these goals.
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
