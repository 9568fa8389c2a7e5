/** Who teaches and who learns, where and when: what the plan is made from. */
import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ScheduleLearnerView, ScheduleView } from '../../../api/schedule.ts';
import { Card } from '../../../components/Card.tsx';
import { DataTable } from '../../../components/DataTable.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { AddButton, type Edited, editColumn, nameColumn, numberColumn } from '../forms/columns.tsx';
import { Imports } from '../share/Imports.tsx';
import { LearnerDialog } from './LearnerDialog.tsx';
import { RoomDialog } from './RoomDialog.tsx';
import { TermCard } from './TermCard.tsx';
import { TutorDialog } from './TutorDialog.tsx';

type Tutor = ScheduleView['tutors'][number];
type Room = ScheduleView['rooms'][number];

const Tutors = ({ setting, learners }: PeopleTabProps) => {
  const [edited, setEdited] = useState<Edited<string>>(null);
  return (
    <Card title="Tutors" actions={<AddButton label="Add a tutor" onClick={() => setEdited({ id: null })} />}>
      <DataTable
        label="Tutors"
        noun="tutor"
        rows={setting.tutors}
        columns={[
          nameColumn<Tutor>('Tutor'),
          numberColumn<Tutor>('skills', 'Skills', (tutor) => tutor.skills.length),
          numberColumn<Tutor>('times', 'Times available', (tutor) => tutor.available.length),
          numberColumn<Tutor>('most', 'Most sessions', (tutor) => tutor.most),
          editColumn<Tutor>(setEdited),
        ]}
        rowKey={({ id }) => id}
        searchText={({ name }) => name}
        pageSize={10}
        empty={
          <EmptyState title="No tutors yet">Add one here, or read them from a school's register below.</EmptyState>
        }
      />
      {edited && <TutorDialog setting={setting} learners={learners} id={edited.id} onClose={() => setEdited(null)} />}
    </Card>
  );
};

const Rooms = ({ setting }: { readonly setting: ScheduleView }) => {
  const [edited, setEdited] = useState<Edited<string>>(null);
  return (
    <Card title="Rooms" actions={<AddButton label="Add a room" onClick={() => setEdited({ id: null })} />}>
      <DataTable
        label="Rooms"
        noun="room"
        rows={setting.rooms}
        columns={[
          nameColumn<Room>('Room'),
          numberColumn<Room>('seats', 'Seats', (room) => room.seats),
          { key: 'site', header: 'Site', wideOnly: true, sort: ({ site }) => site, cell: ({ site }) => site ?? '–' },
          { key: 'offers', header: 'Offers', wideOnly: true, cell: ({ features }) => features.join(', ') },
          editColumn<Room>(setEdited),
        ]}
        rowKey={({ id }) => id}
        pageSize={10}
        empty={
          <EmptyState title="No rooms">
            Sessions are planned without rooms. Add one to have them planned as well.
          </EmptyState>
        }
      />
      {edited && <RoomDialog setting={setting} id={edited.id} onClose={() => setEdited(null)} />}
    </Card>
  );
};

const Learners = ({ setting, learners }: PeopleTabProps) => {
  const [edited, setEdited] = useState<Edited<number>>(null);
  return (
    <Card
      title="Learners"
      note="What they need comes from their answers and plans, unless somebody set it."
      actions={<AddButton label="Add a learner" onClick={() => setEdited({ id: null })} />}
    >
      <DataTable
        label="Learners"
        noun="learner"
        rows={learners}
        columns={[
          nameColumn<ScheduleLearnerView>('Learner'),
          {
            key: 'group',
            header: 'Group',
            wideOnly: true,
            sort: ({ group }) => group,
            cell: ({ group }) =>
              group ?? (
                <Text span size="sm" c="dimmed">
                  none
                </Text>
              ),
          },
          numberColumn<ScheduleLearnerView>('wanted', 'Sessions wanted', ({ needs }) =>
            needs.reduce((sum, { sessions }) => sum + sessions, 0),
          ),
          numberColumn<ScheduleLearnerView>('times', 'Times available', ({ available }) => available.length),
          editColumn<ScheduleLearnerView>(({ learnerId }) => setEdited({ id: learnerId })),
        ]}
        rowKey={({ learnerId }) => String(learnerId)}
        searchText={({ name }) => name}
        pageSize={10}
        empty={
          <EmptyState title="Nobody takes part yet">
            Learners take part once it is known when they can come: add them here, or read their times from a file
            below.
          </EmptyState>
        }
      />
      {edited && (
        <LearnerDialog setting={setting} learners={learners} learnerId={edited.id} onClose={() => setEdited(null)} />
      )}
    </Card>
  );
};

export interface PeopleTabProps {
  readonly setting: ScheduleView;
  readonly learners: readonly ScheduleLearnerView[];
}

export const PeopleTab = ({ setting, learners }: PeopleTabProps) => (
  <Stack gap="md">
    <TermCard setting={setting} />
    <Tutors setting={setting} learners={learners} />
    <Rooms setting={setting} />
    <Learners setting={setting} learners={learners} />
    <Imports setting={setting} learners={learners} />
  </Stack>
);
