/** What of a session must stay as it is whenever it is planned again: the tutor, the time, the room, any one of them. */
import { Checkbox, Group, Text } from '@mantine/core';
import { addPin, removePin, type SessionView } from '../../../api/schedule.ts';
import { sayPerson } from '../../../components/person-name.ts';
import { sayNames } from '../calendar/view.ts';
import { type Tutoring, useScheduleWrite } from '../useTutoring.ts';
import { WriteProblem } from '../WriteProblem.tsx';

interface Kept {
  readonly tutor: boolean;
  readonly time: boolean;
  readonly room: boolean;
}

const CHOICES = [
  { name: 'tutor', label: 'the tutor' },
  { name: 'time', label: 'the time' },
  { name: 'room', label: 'the room' },
] as const;

/** Of a group, what is kept for every member. */
const keptOf = ({ members }: SessionView): Kept => ({
  tutor: members.every(({ pin }) => pin?.tutor),
  time: members.every(({ pin }) => pin?.time),
  room: members.every(({ pin }) => pin?.room),
});

/** One write after the other, each based on the version that the one before gave. */
const storePins = async (courseId: number, version: number, session: SessionView, kept: Kept): Promise<void> => {
  let newest = version;
  for (const { learnerId, pin } of session.members) {
    if (pin) newest = (await removePin(courseId, pin.id, newest)).version;
    if (!kept.tutor && !kept.time && !kept.room) continue;
    const body = {
      ...{ version: newest, learnerId, skillId: session.skill.id },
      ...(kept.tutor ? { tutorId: session.tutorId } : {}),
      ...(kept.time ? { slotId: session.slotId } : {}),
      ...(kept.room && session.roomId !== null ? { roomId: session.roomId } : {}),
    };
    newest = (await addPin(courseId, body)).version;
  }
};

export const Pins = ({ tutoring, session }: { readonly tutoring: Tutoring; readonly session: SessionView }) => {
  const { courseId, version } = tutoring;
  const kept = keptOf(session);
  const store = useScheduleWrite(courseId, (next: Kept) => storePins(courseId, version, session, next));
  const shown = store.isPending ? store.variables : kept;
  const people = [...new Set(session.members.flatMap(({ pin }) => (pin ? [sayPerson(pin.byPerson)] : [])))];
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <Text component="legend" size="sm" fw={600} mb={6}>
        Keep when planning again
      </Text>
      <Group gap="md">
        {CHOICES.filter(({ name }) => name !== 'room' || session.roomId !== null).map(({ name, label }) => (
          <Checkbox
            key={name}
            size="xs"
            label={label}
            checked={shown[name]}
            disabled={store.isPending}
            onChange={(event) => store.mutate({ ...kept, [name]: event.currentTarget.checked })}
          />
        ))}
      </Group>
      <Text size="xs" c="dimmed" mt={4} mih="1.3em">
        {people.length > 0 ? `Pinned by ${sayNames(people)}.` : 'Nothing is pinned: everything may be chosen anew.'}
      </Text>
      <WriteProblem courseId={courseId} error={store.error} onLoaded={store.reset} />
    </fieldset>
  );
};
