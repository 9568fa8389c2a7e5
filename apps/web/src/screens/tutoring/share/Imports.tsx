/** Files with people (OneRoster) and with times (iCalendar, CSV): dropped, read, reported on. */
import { Group, Radio, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ScheduleLearnerView, ScheduleView } from '../../../api/schedule.ts';
import { importAvailability, importRoster } from '../../../api/schedule-services.ts';
import { Card } from '../../../components/Card.tsx';
import { DropZone } from '../../../components/DropZone.tsx';
import { useScheduleWrite } from '../useTutoring.ts';
import { WriteProblem } from '../WriteProblem.tsx';
import { AvailabilityReport, RosterReportView } from './ImportReports.tsx';

const EVERYBODY = '';

/** People listed at once; typing finds the others. */
const LISTED = 100;

/** Whose calendar a file is: 'tutor:id', 'learner:12', 'room:id'. */
const ownersOf = (setting: ScheduleView, learners: readonly ScheduleLearnerView[]) => [
  { group: 'Tutors', items: setting.tutors.map(({ id, name }) => ({ value: `tutor:${id}`, label: name })) },
  { group: 'Rooms', items: setting.rooms.map(({ id, name }) => ({ value: `room:${id}`, label: name })) },
  {
    group: 'Learners',
    items: learners.map(({ learnerId, name }) => ({ value: `learner:${learnerId}`, label: name })),
  },
];

interface ImportProps {
  readonly setting: ScheduleView;
  readonly learners: readonly ScheduleLearnerView[];
}

const Availability = ({ setting, learners }: ImportProps) => {
  const { courseId, version } = setting;
  const [owner, setOwner] = useState(EVERYBODY);
  const [means, setMeans] = useState<'busy' | 'free'>('busy');
  const [kind, ...id] = owner.split(':');
  const read = useScheduleWrite(courseId, (file: File) =>
    importAvailability(
      courseId,
      owner === EVERYBODY
        ? { version, format: 'csv' }
        : { version, format: 'ics', kind: kind as 'tutor' | 'learner' | 'room', id: id.join(':'), means },
      file,
    ),
  );
  return (
    <Card title="Times from a file" note={`Read by the clock of ${setting.timeZone}.`}>
      <Stack gap="sm">
        <Select
          label="Whose times"
          searchable
          limit={LISTED}
          maw={420}
          allowDeselect={false}
          data={[{ value: EVERYBODY, label: 'Many people: a table (CSV)' }, ...ownersOf(setting, learners)]}
          value={owner}
          onChange={(next) => setOwner(next ?? EVERYBODY)}
        />
        {owner !== EVERYBODY && (
          <Radio.Group
            label="What stands in that calendar"
            value={means}
            onChange={(next) => setMeans(next === 'free' ? 'free' : 'busy')}
          >
            <Group gap="md" mt={6}>
              <Radio value="busy" label="Appointments: free at all other times" />
              <Radio value="free" label="Hours for tutoring: free only then" />
            </Group>
          </Radio.Group>
        )}
        <DropZone
          label="File with times"
          hint={
            owner === EVERYBODY
              ? 'CSV: one line for each person and time.'
              : 'iCalendar (.ics), as any calendar program writes it.'
          }
          onFiles={([file]) => read.mutate(file)}
        />
        <WriteProblem courseId={courseId} error={read.error} onLoaded={read.reset} />
        {read.isPending && <Text size="sm">Reading…</Text>}
        {read.data && <AvailabilityReport report={read.data} />}
      </Stack>
    </Card>
  );
};

const Roster = ({ setting }: Pick<ImportProps, 'setting'>) => {
  const { courseId, version } = setting;
  const read = useScheduleWrite(courseId, (file: File) => importRoster(courseId, version, file));
  return (
    <Card title="People from a school's register" note="OneRoster 1.2, as CSV files in a zip: all of them, or changes.">
      <Stack gap="sm">
        <DropZone
          label="OneRoster package"
          hint="Students become learners, teachers and aides become tutors, classes become groups."
          onFiles={([file]) => read.mutate(file)}
        />
        <WriteProblem courseId={courseId} error={read.error} onLoaded={read.reset} />
        {read.isPending && <Text size="sm">Reading…</Text>}
        {read.data && <RosterReportView report={read.data} />}
      </Stack>
    </Card>
  );
};

export const Imports = (props: ImportProps) => (
  <>
    <Availability {...props} />
    <Roster setting={props.setting} />
  </>
);
