/** A person chooses the model from now on. Without a verdict of "better" the dialog says so before it goes on. */
import { Alert, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type CourseModels, chooseModel, modelsQuery } from '../../api/models.ts';
import { ReasonDialog } from '../../components/ReasonDialog.tsx';

export interface ChooseDialogProps {
  readonly courseId: number;
  readonly data: CourseModels;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Called with the job that estimates anew. */
  readonly onStarted: (jobId: string) => void;
}

export const ChooseDialog = ({ courseId, data, opened, onClose, onStarted }: ChooseDialogProps) => {
  const { champion, models, latest } = data;
  const client = useQueryClient();
  const [model, setModel] = useState<string | null>(null);
  const chosen = model ?? champion;
  const proven = latest?.verdicts.some(({ challenger, verdict }) => challenger === chosen && verdict === 'better');
  const answered = latest?.models.find(({ name }) => name === chosen)?.masteryMeans === 'answered';
  const change = useMutation({
    mutationFn: (reason: string) => chooseModel(courseId, chosen, reason),
    onSuccess: ({ jobId }) => {
      void client.invalidateQueries({ queryKey: modelsQuery(courseId).queryKey });
      onStarted(jobId);
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
      title="Choose the model"
      explanation="What every learner of this course knows is estimated anew by it. Your reason is stored."
      confirm="Use this model"
      confirmDisabled={chosen === champion}
      busy={change.isPending}
      error={change.error}
      onConfirm={(reason) => change.mutate(reason)}
    >
      <Select
        label="Model"
        allowDeselect={false}
        data={models.map(({ name }) => ({ value: name, label: name === champion ? `${name} (now)` : name }))}
        value={chosen}
        onChange={setModel}
      />
      {chosen !== champion && !proven && (
        <Alert color="yellow">
          {chosen} has not been shown to predict better than {latest?.champion ?? champion} on this course's records.
        </Alert>
      )}
      {chosen !== champion && answered && (
        <Alert color="blue">
          This model has no notion of knowing: its mastery is the chance that a question on the skill is answered
          correctly, slips and guesses included.
        </Alert>
      )}
    </ReasonDialog>
  );
};
