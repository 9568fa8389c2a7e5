/** One room: its name, seats, where it is, what it offers and when it can be used. */
import { Autocomplete, Group, NumberInput, Switch, TagsInput } from '@mantine/core';
import { putRoom, removeRoom, type ScheduleView } from '../../../api/schedule.ts';
import { NamedDialog } from '../forms/NamedDialog.tsx';
import { featuresOf, sitesOf } from './known.ts';
import { WeekTimesField } from './WeekTimesField.tsx';

type Room = ScheduleView['rooms'][number];

const NEW: Room = { id: '', name: '', seats: 4, features: [], site: null, available: null };

export interface RoomDialogProps {
  readonly setting: ScheduleView;
  /** Null: a new one. */
  readonly id: string | null;
  readonly onClose: () => void;
}

export const RoomDialog = ({ setting, id, onClose }: RoomDialogProps) => {
  const { courseId, version, rooms, slots } = setting;
  const all = slots.map((slot) => slot.id);
  return (
    <NamedDialog
      setting={setting}
      noun="room"
      path="room"
      rows={rooms}
      id={id}
      blank={NEW}
      put={(room) => putRoom(courseId, { version, room })}
      remove={(room) => removeRoom(courseId, room, version)}
      onClose={onClose}
    >
      {({ value, change, faults }) => (
        <>
          <Group grow gap="sm" align="flex-start">
            <NumberInput
              label="Seats"
              description="For learners"
              min={1}
              max={1000}
              allowDecimal={false}
              value={value.seats}
              error={faults['seats']}
              onChange={(seats) => change({ seats: Number(seats) || 1 })}
            />
            <Autocomplete
              label="Site"
              description="Building or place; ways between them take time"
              maxLength={200}
              data={sitesOf(setting)}
              value={value.site ?? ''}
              error={faults['site']}
              onChange={(site) => change({ site: site.trim() === '' ? null : site })}
            />
          </Group>
          <TagsInput
            label="What it offers"
            description="Such as: step-free, projector. People who need it get such a room."
            data={featuresOf(setting)}
            value={value.features}
            error={faults['features']}
            onChange={(features) => change({ features })}
          />
          <Switch
            label="Can be used at all times"
            checked={value.available === null}
            onChange={(event) => change({ available: event.currentTarget.checked ? null : all })}
          />
          {value.available !== null && (
            <WeekTimesField
              label="Usually open"
              setting={setting}
              value={value.available}
              error={faults['available']}
              onChange={(available) => change({ available })}
            />
          )}
        </>
      )}
    </NamedDialog>
  );
};
