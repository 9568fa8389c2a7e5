/** A person chooses the model that tells what learners know from now on. */
import { useQueryClient } from '@tanstack/react-query';
import { type CourseModels, chooseModel, modelsQuery } from '../../api/models.ts';
import { ChampionDialog, provenBetter } from '../../components/ChampionDialog.tsx';

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
  const choose = async (model: string, reason: string): Promise<void> => {
    const { jobId } = await chooseModel(courseId, model, reason);
    void client.invalidateQueries({ queryKey: modelsQuery(courseId).queryKey });
    onStarted(jobId);
  };
  const answers = (model: string): boolean =>
    latest?.models.find(({ name }) => name === model)?.masteryMeans === 'answered';
  return (
    <ChampionDialog
      title="Choose the model"
      explanation="What every learner of this course knows is estimated anew by it. Your reason is stored."
      confirm="Use this model"
      label="Model"
      names={models.map(({ name }) => name)}
      champion={champion}
      proven={provenBetter(latest?.verdicts ?? [])}
      unproven={(model) =>
        `${model} has not been shown to predict better than ${latest?.champion ?? champion} on this course's records.`
      }
      note={(model) =>
        answers(model) &&
        'This model has no notion of knowing: its mastery is the chance that a question on the skill is answered correctly, slips and guesses included.'
      }
      onChoose={choose}
      opened={opened}
      onClose={onClose}
    />
  );
};
