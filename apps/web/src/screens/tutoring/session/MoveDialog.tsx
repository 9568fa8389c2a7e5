/** Another tutor, time or room for a session, chosen from lists: what the calendar does by dragging, and what it cannot. */
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { SessionView } from '../../../api/schedule.ts';
import { hintFor, movesTo, type Subject } from '../calendar/view.ts';
import { sayInstant } from '../calendar/week.ts';
import type { Tutoring } from '../useTutoring.ts';
import type { Change } from './ConsequencesDialog.tsx';

const ANY_ROOM = '';

/** Times listed at once; typing finds the others. */
const LISTED = 100;

/** Who teaches a skill, the present tutor among them, by how well. */
const tutorChoices = ({ setting }: Tutoring, session: SessionView) =>
  setting.tutors
    .flatMap((tutor) => {
      const quality = tutor.skills.find(({ skillId }) => skillId === session.skill.id)?.quality ?? 0;
      return quality > 0 || tutor.id === session.tutorId ? [{ tutor, quality }] : [];
    })
    .sort((one, other) => other.quality - one.quality)
    .map(({ tutor }) => ({
      value: tutor.id,
      label: tutor.id === session.tutorId ? `${tutor.name} (now)` : tutor.name,
    }));

const timeChoices = ({ setting, index }: Tutoring, session: SessionView, subject: Subject, tutorId: string) => {
  // Seen as this tutor's session, so that the notes are about whoever is chosen above.
  const tutorName = index.tutors.get(tutorId)?.name ?? session.tutorName;
  const asIf = { ...session, tutorId, tutorName };
  return setting.slots
    .toSorted((one, other) => Date.parse(one.start) - Date.parse(other.start))
    .map(({ id, start }) => {
      const { free, words } = hintFor(asIf, subject, id, index);
      const note = id === session.slotId ? 'now' : words;
      return { value: id, label: `${sayInstant(start, setting.timeZone)} (${note})`, free };
    })
    .sort((one, other) => Number(other.free) - Number(one.free))
    .map(({ value, label }) => ({ value, label }));
};

export interface MoveDialogProps {
  readonly tutoring: Tutoring;
  readonly session: SessionView;
  readonly subject: Subject;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onChange: (change: Change) => void;
}

const MoveForm = ({ tutoring, session, subject, onClose, onChange }: MoveDialogProps) => {
  const [tutorId, setTutor] = useState(session.tutorId);
  const [slotId, setSlot] = useState(session.slotId);
  const [roomId, setRoom] = useState(session.roomId ?? ANY_ROOM);
  const same = tutorId === session.tutorId && slotId === session.slotId && roomId === (session.roomId ?? ANY_ROOM);
  return (
    <Stack gap="sm">
      <Select
        label="Tutor"
        data={tutorChoices(tutoring, session)}
        value={tutorId}
        allowDeselect={false}
        onChange={(next) => setTutor(next ?? session.tutorId)}
      />
      <Select
        label="Time"
        description={`By the clock of ${tutoring.setting.timeZone}; what is free comes first.`}
        searchable
        limit={LISTED}
        data={timeChoices(tutoring, session, subject, tutorId)}
        value={slotId}
        allowDeselect={false}
        onChange={(next) => {
          setSlot(next ?? session.slotId);
          // The room may be taken at another time: unless one is chosen, a free one is found.
          if (next !== session.slotId) setRoom(ANY_ROOM);
        }}
      />
      {tutoring.setting.rooms.length > 0 && (
        <Select
          label="Room"
          data={[
            { value: ANY_ROOM, label: 'Any free room that fits' },
            ...tutoring.setting.rooms.map(({ id, name, seats }) => ({ value: id, label: `${name} (${seats} seats)` })),
          ]}
          value={roomId}
          allowDeselect={false}
          onChange={(next) => setRoom(next ?? ANY_ROOM)}
        />
      )}
      <Text size="xs" c="dimmed">
        Next you see what would change; nothing is changed before you accept it.
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        <Button
          disabled={same}
          onClick={() => {
            onClose();
            onChange({
              title: `Move ${session.skill.name}`,
              moves: movesTo(session, subject, { tutorId, slotId, roomId: roomId === ANY_ROOM ? null : roomId }),
            });
          }}
        >
          Show what would change
        </Button>
      </Group>
    </Stack>
  );
};

export const MoveDialog = (props: MoveDialogProps) => (
  <Modal opened={props.opened} onClose={props.onClose} title={`Move ${props.session.skill.name}`}>
    <MoveForm {...props} />
  </Modal>
);
