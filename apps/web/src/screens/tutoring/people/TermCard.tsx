/** The term: its clock, its weeks and hours. */
import { Chip, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ScheduleView } from '../../../api/schedule.ts';
import { Card } from '../../../components/Card.tsx';
import { plural } from '../../../components/format.ts';
import { gridOf, weeksOf } from '../calendar/week.ts';
import { SettingForm } from '../forms/SettingForm.tsx';
import { readTimes } from './hours.ts';

const DAYS: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const USUAL_WEEKS = 12;

/** Days and hours of the first week as the form has them: what is there now is where changing it begins. */
const usualHours = ({ slots, timeZone }: ScheduleView): { days: string[]; hours: string } => {
  const [week] = weeksOf(slots, timeZone);
  if (!week) return { days: ['1', '2', '3', '4', '5'], hours: '' };
  const { days, rows } = gridOf(week, timeZone);
  const used = days.filter((_, column) => rows.some((row) => row.slots[column] !== null));
  return {
    days: used.map(({ weekday }) => String(DAYS.indexOf(weekday) + 1)),
    hours: rows.map(({ from, to }) => `${from}-${to}`).join(', '),
  };
};

/** Where a new term is set out: kept apart, so that changing a limit never makes the hours anew. */
const TermForm = ({ setting }: { readonly setting: ScheduleView }) => {
  const { version } = setting;
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const [timeZone, setZone] = useState(
    version === 0 ? Intl.DateTimeFormat().resolvedOptions().timeZone : setting.timeZone,
  );
  const [from, setFrom] = useState(setting.weeks[0] ?? '');
  const [weeks, setWeeks] = useState(setting.weeks.length || USUAL_WEEKS);
  const usual = useMemo(() => usualHours(setting), [setting]);
  const [days, setDays] = useState<string[]>(usual.days);
  const [hours, setHours] = useState(usual.hours);
  const times = readTimes(hours);
  return (
    <SettingForm
      setting={setting}
      button={setting.slots.length === 0 ? 'Set the hours' : 'Replace the hours of the term'}
      done="The hours of the term were set."
      isFirst={version === 0}
      ready={from !== '' && days.length > 0 && times.length > 0}
      body={() => ({ timeZone, pattern: { from, weeks, days: days.map(Number), times } })}
      note={`${plural(days.length * times.length * weeks, 'time')} for sessions`}
    >
      {(faults) => (
        <>
          <Group gap="sm" align="flex-start">
            <Select
              label="Clock of"
              searchable
              allowDeselect={false}
              data={zones.includes(timeZone) ? zones : [timeZone, ...zones]}
              value={timeZone}
              error={faults['timeZone']}
              onChange={(next) => setZone(next ?? timeZone)}
            />
            <TextInput
              label="First day"
              type="date"
              value={from}
              error={faults['pattern.from']}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <NumberInput
              label="Weeks"
              w={100}
              min={1}
              max={60}
              allowDecimal={false}
              value={weeks}
              onChange={(next) => setWeeks(Number(next) || 1)}
            />
          </Group>
          <Chip.Group multiple value={days} onChange={setDays}>
            <Group gap={6} role="group" aria-label="Days">
              {DAYS.map((day, index) => (
                <Chip key={day} size="xs" value={String(index + 1)} variant="outline">
                  {day}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <TextInput
            label="Hours of a day"
            description="From and to, separated by commas: 09:00-09:45, 10:00-10:45"
            maw={760}
            value={hours}
            error={hours.trim() !== '' && times.length === 0 ? 'Expected times such as 09:00-09:45.' : undefined}
            onChange={(event) => setHours(event.currentTarget.value)}
          />
        </>
      )}
    </SettingForm>
  );
};

export const TermCard = ({ setting }: { readonly setting: ScheduleView }) => (
  <Card
    title="Term"
    note={
      setting.slots.length === 0
        ? 'No hours yet: say in which weeks and at which times sessions can be held.'
        : `${plural(setting.weeks.length, 'week')}, ${plural(setting.slots.length, 'time')} for sessions, by the clock of ${setting.timeZone}.`
    }
  >
    <TermForm setting={setting} />
  </Card>
);
