/** One room: its name, seats and what it offers. */
import { Button, Group, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { putRoom, removeRoom, type ScheduleView } from '../../../api/schedule.ts';
import { useScheduleWrite } from '../useTutoring.ts';
import { FormDialog } from './FormDialog.tsx';
import { newKey } from './keys.ts';

type Room = ScheduleView['rooms'][number];

const NEW: Room = { id: '', name: '', seats: 4, features: [], site: null, available: null };

export interface RoomDialogProps {
  readonly setting: ScheduleView;
  /** Null: a new one. */
  readonly room: Room | null;
  readonly onClose: () => void;
}

export const RoomDialog = ({ setting, room, onClose }: RoomDialogProps) => {
  const { courseId, version } = setting;
  const [draft, setDraft] = useState(room ?? NEW);
  const change = (next: Partial<Room>): void => setDraft((was) => ({ ...was, ...next }));
  const id =
    room?.id ??
    newKey(
      draft.name,
      setting.rooms.map((other) => other.id),
    );
  const save = useScheduleWrite(courseId, () => putRoom(courseId, { version, room: { ...draft, id } }), onClose);
  const remove = useScheduleWrite(courseId, () => removeRoom(courseId, id, version), onClose);
  const known = [...new Set(setting.rooms.flatMap(({ features }) => features))];
  return (
    <FormDialog
      courseId={courseId}
      title={room?.name ?? 'A new room'}
      onClose={onClose}
      onSubmit={() => save.mutate(undefined)}
      write={remove.error ? remove : save}
      ready={draft.name.trim() !== ''}
      extra={
        room && (
          <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Remove
          </Button>
        )
      }
    >
      <Group grow gap="sm" align="flex-start">
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <NumberInput
          label="Seats"
          min={1}
          max={1000}
          allowDecimal={false}
          value={draft.seats}
          onChange={(seats) => change({ seats: Number(seats) || 1 })}
        />
      </Group>
      <TagsInput
        label="What it offers"
        description="Such as: step-free, projector. People who need it get such a room."
        data={known}
        value={draft.features}
        onChange={(features) => change({ features })}
      />
    </FormDialog>
  );
};
