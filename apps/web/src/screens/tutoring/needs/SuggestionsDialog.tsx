/** Places for one session more, the best first; taking one shows what would change before it is done. */
import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type SuggestionsView, suggestPlaces } from '../../../api/schedule-proposals.ts';
import { Loaded } from '../../../app/Loaded.tsx';
import { formatNumber } from '../../../components/format.ts';
import { sayInstant } from '../calendar/week.ts';
import { type Change, ConsequencesDialog } from '../session/ConsequencesDialog.tsx';
import type { Tutoring } from '../useTutoring.ts';
import { WriteProblem } from '../WriteProblem.tsx';
import { signed } from '../words.ts';

export interface Request {
  readonly learnerId: number;
  readonly learnerName: string;
  readonly skillId: number;
  readonly skillName: string;
}

type Suggestion = SuggestionsView['suggestions'][number];

const Ranked = ({
  suggestion,
  rank,
  timeZone,
  onTake,
}: {
  readonly suggestion: Suggestion;
  readonly rank: number;
  readonly timeZone: string;
  readonly onTake: () => void;
}) => {
  const { place, value, text } = suggestion;
  const where = `${sayInstant(place.start, timeZone)}, ${place.tutorName}${place.roomName ? `, ${place.roomName}` : ''}`;
  return (
    <Group component="li" justify="space-between" wrap="nowrap" gap="sm">
      <div>
        <Group gap={6}>
          <Text size="sm" fw={600}>
            {rank}. {where}
          </Text>
          <Badge size="sm" radius="sm" variant="light" tt="none">
            {signed(value, (size) => formatNumber(size, { decimals: 2 }))} points
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
      <Button size="xs" variant="default" aria-label={`Take it: ${where}`} onClick={onTake} style={{ flex: 'none' }}>
        Take it
      </Button>
    </Group>
  );
};

export interface SuggestionsDialogProps {
  readonly tutoring: Tutoring;
  /** Null while the dialog is closed. */
  readonly request: Request | null;
  readonly onClose: () => void;
}

export const SuggestionsDialog = ({ tutoring, request, onClose }: SuggestionsDialogProps) => {
  const { courseId, version, setting } = tutoring;
  const [change, setChange] = useState<Change | null>(null);
  const { learnerId, skillId } = request ?? { learnerId: 0, skillId: 0 };
  const query = useQuery({
    queryKey: ['schedule-suggestions', courseId, version, learnerId, skillId],
    queryFn: () => suggestPlaces(courseId, { version, learnerId, skillId }),
    enabled: request !== null,
    retry: false,
  });
  const title = request ? `${request.skillName} for ${request.learnerName}` : '';
  return (
    <>
      <Modal opened={request !== null && change === null} onClose={onClose} title={title} size="lg">
        {query.isError ? (
          <WriteProblem courseId={courseId} error={query.error} onLoaded={() => void query.refetch()} />
        ) : (
          <Loaded query={query} what="places" height={240}>
            {({ suggestions, none }) => (
              <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
                {suggestions.length === 0 && (
                  <Text size="sm">{none ?? 'There is no place that keeps every rule.'}</Text>
                )}
                {suggestions.map((suggestion, index) => (
                  <Ranked
                    key={`${suggestion.place.tutorId} ${suggestion.place.slotId}`}
                    suggestion={suggestion}
                    rank={index + 1}
                    timeZone={setting.timeZone}
                    onTake={() => setChange({ title, moves: suggestion.moves })}
                  />
                ))}
              </Stack>
            )}
          </Loaded>
        )}
      </Modal>
      <ConsequencesDialog
        tutoring={tutoring}
        change={change}
        onClose={(done) => {
          setChange(null);
          if (done) onClose();
        }}
      />
    </>
  );
};
