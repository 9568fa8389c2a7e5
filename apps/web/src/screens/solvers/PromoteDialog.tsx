/** A person chooses who plans from now on. Without a verdict of "better" the dialog says so before it goes on. */
import { Alert, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ComparisonView, promote } from '../../api/solvers.ts';
import { ReasonDialog } from '../../components/ReasonDialog.tsx';

export interface PromoteDialogProps {
  readonly courseId: number;
  readonly champion: string;
  readonly comparison: ComparisonView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export const PromoteDialog = ({ courseId, champion, comparison, opened, onClose }: PromoteDialogProps) => {
  const client = useQueryClient();
  const [solver, setSolver] = useState<string | null>(null);
  const chosen = solver ?? champion;
  const proven = comparison.verdicts.some((verdict) => verdict.challenger === chosen && verdict.verdict === 'better');
  const change = useMutation({
    mutationFn: (reason: string) => promote(courseId, chosen, reason),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['courses', courseId] });
      notifications.show({ message: `Plans come from ${chosen} from now on.` });
      onClose();
    },
  });
  return (
    <ReasonDialog
      opened={opened}
      onClose={() => {
        change.reset();
        onClose();
      }}
      title="Choose who plans"
      explanation="Every later plan of this course is made by it. Your reason is stored with the evidence of this comparison."
      confirm="Let it plan"
      confirmDisabled={chosen === champion}
      busy={change.isPending}
      error={change.error}
      onConfirm={(reason) => change.mutate(reason)}
    >
      <Select
        label="Solver"
        allowDeselect={false}
        data={comparison.solvers.map(({ name }) => ({
          value: name,
          label: name === champion ? `${name} (now)` : name,
        }))}
        value={chosen}
        onChange={setSolver}
      />
      {chosen !== champion && !proven && (
        <Alert color="yellow">
          {chosen} has not been shown to be better than {comparison.champion} on this course's records.
        </Alert>
      )}
    </ReasonDialog>
  );
};
