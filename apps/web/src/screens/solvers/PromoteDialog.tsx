/** A person chooses who plans from now on. */
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { type ComparisonView, promote } from '../../api/solvers.ts';
import { ChampionDialog, provenBetter } from '../../components/ChampionDialog.tsx';

export interface PromoteDialogProps {
  readonly courseId: number;
  readonly champion: string;
  readonly comparison: ComparisonView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export const PromoteDialog = ({ courseId, champion, comparison, opened, onClose }: PromoteDialogProps) => {
  const client = useQueryClient();
  const choose = async (solver: string, reason: string): Promise<void> => {
    await promote(courseId, solver, reason);
    void client.invalidateQueries({ queryKey: ['courses', courseId] });
    notifications.show({ message: `Plans come from ${solver} from now on.` });
  };
  return (
    <ChampionDialog
      title="Choose who plans"
      explanation="Every later plan of this course is made by it. Your reason is stored with the evidence of this comparison."
      confirm="Let it plan"
      label="Solver"
      names={comparison.solvers.map(({ name }) => name)}
      champion={champion}
      proven={provenBetter(comparison.verdicts)}
      unproven={(solver) =>
        `${solver} has not been shown to be better than ${comparison.champion} on this course's records.`
      }
      onChoose={choose}
      opened={opened}
      onClose={onClose}
    />
  );
};
