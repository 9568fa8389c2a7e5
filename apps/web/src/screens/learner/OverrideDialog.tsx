/** Changes a step of a learner's plan: asks for a reason (staff must give one), stores it, and the plan is made again. */

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { addOverride, learnerKey, type OverrideBody, planQuery } from '../../api/learners.ts';
import { useSession } from '../../app/session.tsx';
import { ReasonDialog } from '../../components/ReasonDialog.tsx';

type Action = OverrideBody['action'];

const WORDS: Readonly<Record<Action, { title: string; explanation: string; confirm: string; done: string }>> = {
  pin: {
    title: 'Keep in the next session',
    explanation: 'This step will be in the next session, whatever else is planned.',
    confirm: 'Keep it',
    done: 'is kept in the next session',
  },
  skip: {
    title: 'Skip for now',
    explanation: 'This step leaves the coming sessions. It can come back later.',
    confirm: 'Skip it',
    done: 'is skipped for now',
  },
  forbid: {
    title: 'Leave out',
    explanation: 'This step stays out of every plan until somebody takes that back.',
    confirm: 'Leave it out',
    done: 'is left out',
  },
};

const SUGGESTIONS: Readonly<Record<Action, readonly string[]>> = {
  pin: ['Needed in class this week', 'Almost there', 'I want to finish this'],
  skip: ['Known already', 'Too hard right now', 'Not needed this week'],
  forbid: ['Not part of our course', 'Will be taught in another way'],
};

export interface OverrideDialogProps {
  readonly learnerId: number;
  readonly learnerName: string;
  readonly skillId: number;
  readonly skillName: string;
  /** Null while the dialog is closed. */
  readonly action: Action | null;
  readonly onClose: () => void;
}

export const OverrideDialog = (props: OverrideDialogProps) => {
  const { learnerId, learnerName, skillId, skillName, action, onClose } = props;
  const { person } = useSession();
  const client = useQueryClient();
  const isLearner = person?.role === 'learner';
  const words = WORDS[action ?? 'skip'];
  const override = useMutation({
    mutationFn: (body: OverrideBody) => addOverride(learnerId, body),
    onSuccess: (plan) => {
      client.setQueryData(planQuery(learnerId).queryKey, plan);
      void client.invalidateQueries({ queryKey: learnerKey(learnerId) });
      notifications.show({ message: `${skillName} ${words.done}; the next steps were planned again.` });
      onClose();
    },
  });
  return (
    <ReasonDialog
      opened={action !== null}
      onClose={() => {
        override.reset();
        onClose();
      }}
      title={`${words.title}: ${skillName}`}
      explanation={`${words.explanation} ${isLearner ? 'Your teacher sees this.' : `The reason is stored, and ${learnerName} sees it.`}`}
      optional={isLearner}
      suggestions={SUGGESTIONS[action ?? 'skip']}
      confirm={words.confirm}
      busy={override.isPending}
      error={override.error}
      onConfirm={(reason) => action !== null && override.mutate({ skillId, action, ...(reason ? { reason } : {}) })}
    />
  );
};
