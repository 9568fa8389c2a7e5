/** A proposal beside the plan that it would replace: its alternatives, each with its differences, and taking one. */
import { Alert, Button, Group, List, Modal, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Alternative, acceptProposal, type ProposalView, proposalQuery } from '../../../api/schedule-proposals.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { formatNumber, plural } from '../../../components/format.ts';
import { useScheduleWrite } from '../useTutoring.ts';
import { WriteProblem } from '../WriteProblem.tsx';
import { ALTERNATIVES, AlternativeView } from './AlternativeView.tsx';
import type { Proposed } from './usePlanning.ts';

interface ProposalProps {
  readonly courseId: number;
  readonly proposal: ProposalView;
  readonly notes: readonly string[];
  readonly timeZone: string;
  readonly onClose: (taken: boolean) => void;
}

const Chooser = ({
  proposal,
  chosen,
  onChoose,
}: {
  readonly proposal: ProposalView;
  readonly chosen: Alternative['name'];
  readonly onChoose: (name: Alternative['name']) => void;
}) => (
  <Radio.Group label="Which answer" value={chosen} onChange={(name) => onChoose(name as Alternative['name'])}>
    <Stack gap={6} mt={6}>
      {proposal.alternatives.map(({ name, changed, figures }) => (
        <Radio
          key={name}
          value={name}
          label={`${ALTERNATIVES[name].title}: ${plural(changed, 'session')} moved, worth ${formatNumber(figures.objective)} points`}
          description={ALTERNATIVES[name].note}
        />
      ))}
    </Stack>
  </Radio.Group>
);

const Proposal = ({ courseId, proposal, notes, timeZone, onClose }: ProposalProps) => {
  const { alternatives, version, current, events } = proposal;
  const [chosen, choose] = useState<Alternative['name'] | null>(null);
  const shown =
    alternatives.find(({ name }) => name === chosen) ??
    alternatives.find(({ name }) => name === 'balanced') ??
    alternatives[0];
  const accept = useScheduleWrite(
    courseId,
    (alternative: Alternative['name']) => acceptProposal(courseId, proposal.id, { version, alternative }),
    () => onClose(true),
  );
  if (!shown) return <Text size="sm">No plan was found that keeps every rule.</Text>;
  return (
    <Stack gap="md">
      {events.length > 0 && (
        <List size="sm">
          {events.map((event) => (
            <List.Item key={event}>{event}</List.Item>
          ))}
        </List>
      )}
      {notes.length > 0 && (
        <Alert color="yellow" title="This did not become the plan by itself">
          <List size="sm">
            {notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {!current && proposal.acceptedAt === null && (
        <Alert color="yellow">
          The schedule was changed after this was worked out, so it cannot be taken as it is. Ask for it again.
        </Alert>
      )}
      {alternatives.length > 1 && <Chooser proposal={proposal} chosen={shown.name} onChoose={choose} />}
      <AlternativeView alternative={shown} timeZone={timeZone} repaired={proposal.kind === 'repair'} />
      <WriteProblem courseId={courseId} error={accept.error} onLoaded={accept.reset} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => onClose(false)}>
          Leave everything as it is
        </Button>
        <Button onClick={() => accept.mutate(shown.name)} loading={accept.isPending} disabled={!current}>
          Take this plan
        </Button>
      </Group>
    </Stack>
  );
};

export interface ProposalDialogProps {
  readonly courseId: number;
  readonly timeZone: string;
  /** Null while the dialog is closed. */
  readonly proposed: Proposed | null;
  readonly onClose: (taken: boolean) => void;
}

export const ProposalDialog = ({ courseId, timeZone, proposed, onClose }: ProposalDialogProps) => {
  const query = useQuery({ ...proposalQuery(courseId, proposed?.id ?? 0), enabled: proposed !== null });
  const title = query.data?.kind === 'repair' ? 'Ways to put it right' : 'A new plan';
  return (
    <Modal opened={proposed !== null} onClose={() => onClose(false)} title={title} size="xl">
      <Loaded query={query} what="the proposal" height={360}>
        {(proposal) => (
          <Proposal
            key={proposal.id}
            courseId={courseId}
            proposal={proposal}
            notes={proposed?.notes ?? []}
            timeZone={timeZone}
            onClose={onClose}
          />
        )}
      </Loaded>
    </Modal>
  );
};
