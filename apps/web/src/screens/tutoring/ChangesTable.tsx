/** Was, is now: a change of a plan, one line per learner and session. */
import { Text } from '@mantine/core';
import type { ChangeOfSession } from '../../api/schedule.ts';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { sayInstant } from './calendar/week.ts';

type Place = NonNullable<ChangeOfSession['is']>;

const sayPlace = (place: Place, timeZone: string): string => `${sayInstant(place.start, timeZone)}, ${place.tutorName}`;

export interface ChangesTableProps {
  readonly label: string;
  readonly changes: readonly ChangeOfSession[];
  readonly timeZone: string;
}

const PlaceCell = ({ place, timeZone, none }: { place: Place | null; timeZone: string; none: string }) =>
  place ? (
    sayPlace(place, timeZone)
  ) : (
    <Text span size="sm" c="dimmed">
      {none}
    </Text>
  );

const columnsOf = (timeZone: string): Column<ChangeOfSession>[] => [
  {
    key: 'learner',
    header: 'Learner',
    rowHeader: true,
    sort: (change) => change.learnerName,
    cell: (change) => change.learnerName,
  },
  { key: 'skill', header: 'Skill', sort: (change) => change.skill.name, cell: (change) => change.skill.name },
  {
    key: 'was',
    header: 'Was',
    sort: (change) => change.was?.start,
    cell: ({ was }) => <PlaceCell place={was} timeZone={timeZone} none="not planned" />,
  },
  {
    key: 'is',
    header: 'Is now',
    sort: (change) => change.is?.start,
    cell: ({ is }) => <PlaceCell place={is} timeZone={timeZone} none="falls away" />,
  },
];

export const ChangesTable = ({ label, changes, timeZone }: ChangesTableProps) => (
  <DataTable
    label={label}
    noun="change"
    rows={changes}
    columns={columnsOf(timeZone)}
    rowKey={(change) =>
      `${change.learnerId} ${change.skill.id} ${change.was?.tutorId} ${change.was?.slotId} ${change.is?.tutorId} ${change.is?.slotId}`
    }
    searchText={changes.length > SEARCHED_FROM ? (change) => `${change.learnerName} ${change.skill.name}` : undefined}
    pageSize={20}
    empty={
      <Text size="sm" c="dimmed">
        Nobody's sessions change.
      </Text>
    }
  />
);

/** Fewer lines are seen at a glance. */
const SEARCHED_FROM = 12;
