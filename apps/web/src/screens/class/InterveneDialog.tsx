/** A teacher changes a learner's next steps: keep a skill in, skip it, or leave it out, with a reason. */
import { Radio, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addOverride, learnerKey, type OverrideBody } from '../../api/learners.ts';
import { ReasonDialog } from '../../components/ReasonDialog.tsx';

export interface Intervention {
  readonly learnerId: number;
  readonly learnerName: string;
  readonly skillId: number;
  readonly skillName: string;
}

const ACTIONS = [
  { value: 'pin', label: 'Put it into the next session' },
  { value: 'skip', label: 'Skip it for now' },
  { value: 'forbid', label: 'Leave it out until somebody takes that back' },
] as const;

const SUGGESTIONS = ['We work on it in class this week', 'Talked about it, needs a rest', 'Knows it already'] as const;

const isAction = (value: string): value is OverrideBody['action'] => ACTIONS.some((action) => action.value === value);

export interface InterveneDialogProps {
  readonly courseId: number;
  /** Null while the dialog is closed. */
  readonly intervention: Intervention | null;
  readonly onClose: () => void;
}

export const InterveneDialog = ({ courseId, intervention, onClose }: InterveneDialogProps) => {
  const client = useQueryClient();
  const [action, setAction] = useState<OverrideBody['action']>('pin');
  const override = useMutation({
    mutationFn: ({ on, reason }: { on: Intervention; reason: string }) =>
      addOverride(on.learnerId, { skillId: on.skillId, action, reason }),
    onSuccess: (_, { on }) => {
      void client.invalidateQueries({ queryKey: learnerKey(on.learnerId) });
      void client.invalidateQueries({ queryKey: ['courses', courseId] });
      notifications.show({ message: `${on.learnerName}: the next steps were planned again. They see your reason.` });
      onClose();
    },
  });
  return (
    <ReasonDialog
      opened={intervention !== null}
      onClose={() => {
        override.reset();
        onClose();
      }}
      title={intervention === null ? '' : `${intervention.skillName}: ${intervention.learnerName}`}
      explanation="The next steps are planned again with your change. The reason is stored with your name and the learner sees it."
      suggestions={SUGGESTIONS}
      confirm="Change the next steps"
      busy={override.isPending}
      error={override.error}
      onConfirm={(reason) => intervention !== null && override.mutate({ on: intervention, reason })}
    >
      <Radio.Group label="What should happen" value={action} onChange={(value) => isAction(value) && setAction(value)}>
        <Stack gap={6} mt={6}>
          {ACTIONS.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
    </ReasonDialog>
  );
};
