/** The calendar of one tutor, learner or room, week by week, with the chosen session beside it. */
import { ActionIcon, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPencil, IconPin } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Card } from '../../../components/Card.tsx';
import { type Change, ConsequencesDialog } from '../session/ConsequencesDialog.tsx';
import { SessionPanel } from '../session/SessionPanel.tsx';
import type { ChosenWeek } from '../useChosenWeek.ts';
import type { Tutoring } from '../useTutoring.ts';
import classes from './CalendarCard.module.css';
import {
  awaySlots,
  hintFor,
  movesTo,
  nameOf,
  type Subject,
  type SubjectKind,
  sessionKey,
  sessionsOf,
  subjectsOf,
  toCalendar,
} from './view.ts';
import { WeekCalendar } from './WeekCalendar.tsx';
import { gridOf, sayZone, type Week } from './week.ts';

const KINDS = [
  { value: 'tutor', label: 'Tutor' },
  { value: 'learner', label: 'Learner' },
  { value: 'room', label: 'Room' },
] as const;

/** People listed at once; typing finds the others. */
const LISTED = 100;

interface ToolbarProps {
  readonly tutoring: Tutoring;
  readonly weeks: ChosenWeek;
  readonly subject: Subject;
  readonly onSubject: (kind: SubjectKind, id?: string) => void;
  readonly onWeek: (week: number) => void;
}

const WeekSwitch = ({ weeks, onWeek }: Pick<ToolbarProps, 'weeks' | 'onWeek'>) => (
  <Group gap={4} wrap="nowrap">
    <ActionIcon
      variant="default"
      size="input-xs"
      aria-label="The week before"
      disabled={weeks.at === 0}
      onClick={() => onWeek(weeks.at - 1)}
    >
      <IconChevronLeft size={16} aria-hidden />
    </ActionIcon>
    <Select
      size="xs"
      w={232}
      aria-label="Week"
      allowDeselect={false}
      data={weeks.all.map(({ label }, index) => ({ value: String(index), label }))}
      value={String(weeks.at)}
      onChange={(next) => onWeek(Number(next ?? weeks.at))}
    />
    <ActionIcon
      variant="default"
      size="input-xs"
      aria-label="The week after"
      disabled={weeks.at >= weeks.all.length - 1}
      onClick={() => onWeek(weeks.at + 1)}
    >
      <IconChevronRight size={16} aria-hidden />
    </ActionIcon>
  </Group>
);

const Toolbar = ({ tutoring, weeks, subject, onSubject, onWeek }: ToolbarProps) => {
  const { index } = tutoring;
  const choices = useMemo(() => subjectsOf(index, subject.kind), [index, subject.kind]);
  return (
    <Group gap="sm" mb="sm">
      <SegmentedControl
        size="xs"
        aria-label="Whose calendar"
        data={KINDS.filter(({ value }) => value !== 'room' || tutoring.setting.rooms.length > 0).map((kind) => ({
          ...kind,
        }))}
        value={subject.kind}
        onChange={(kind) => onSubject(kind as SubjectKind)}
      />
      <Select
        size="xs"
        w={220}
        searchable
        limit={LISTED}
        aria-label={`Which ${subject.kind}`}
        allowDeselect={false}
        data={choices}
        value={subject.id}
        onChange={(id) => id !== null && onSubject(subject.kind, id)}
      />
      <WeekSwitch weeks={weeks} onWeek={onWeek} />
      <Text size="xs" c="dimmed">
        Week {weeks.at + 1} of {weeks.all.length}. Times: {sayZone(weeks.week, tutoring.setting.timeZone)}
      </Text>
    </Group>
  );
};

const Legend = () => (
  <ul className={classes['legend']}>
    <li>
      <IconPin size={12} aria-hidden /> pinned
    </li>
    <li>
      <IconPencil size={12} aria-hidden /> not published yet
    </li>
    <li>
      <span className={classes['hatched']} aria-hidden /> not available
    </li>
  </ul>
);

const useSubject = (tutoring: Tutoring) => {
  const { index } = tutoring;
  const [kind, setKind] = useState<SubjectKind>('tutor');
  const [ids, setIds] = useState<Readonly<Partial<Record<SubjectKind, string>>>>({});
  const choices = useMemo(() => subjectsOf(index, kind), [index, kind]);
  const id = choices.find(({ value }) => value === ids[kind])?.value ?? choices[0]?.value ?? '';
  const choose = (next: SubjectKind, chosen?: string): void => {
    setKind(next);
    if (chosen !== undefined) setIds((was) => ({ ...was, [next]: chosen }));
  };
  return { subject: useMemo(() => ({ kind, id }), [kind, id]), choose };
};

/** What the calendar shows and what is chosen in it. */
const useCalendar = (tutoring: Tutoring, week: Week) => {
  const { setting, index, plan } = tutoring;
  const { subject, choose } = useSubject(tutoring);
  const [selected, setSelected] = useState<string | null>(null);
  const [held, setHeld] = useState<string | null>(null);
  const grid = useMemo(() => gridOf(week, setting.timeZone), [week, setting]);
  const own = useMemo(() => sessionsOf(plan, subject), [plan, subject]);
  const sessions = useMemo(() => own.map((session) => toCalendar(session, subject, index)), [own, subject, index]);
  const away = useMemo(() => awaySlots(setting, index, subject), [setting, index, subject]);
  const find = (key: string | null) => own.find((session) => sessionKey(session) === key) ?? null;
  const show = (kind: Subject['kind'], id?: string): void => {
    setHeld(null);
    choose(kind, id);
  };
  return { subject, show, grid, sessions, away, find, selected, setSelected, held, setHeld };
};

export const CalendarCard = ({ tutoring, weeks }: { readonly tutoring: Tutoring; readonly weeks: ChosenWeek }) => {
  const { week } = weeks;
  const view = useCalendar(tutoring, week);
  const [change, setChange] = useState<Change | null>(null);
  const { subject, selected, held, find } = view;
  const drop = (key: string, slotId: string): void => {
    const session = find(key);
    if (session) setChange({ title: `Move ${session.skill.name}`, moves: movesTo(session, subject, { slotId }) });
  };
  const decided = (done: boolean): void => {
    const to = change?.moves[0]?.to;
    if (done) view.setSelected(to ? sessionKey(to) : null);
    setChange(null);
  };
  return (
    <Card title="Calendar">
      <Toolbar
        tutoring={tutoring}
        weeks={weeks}
        subject={subject}
        onSubject={view.show}
        onWeek={(next) => {
          view.setHeld(null);
          weeks.choose(next);
        }}
      />
      <div className={classes['beside']}>
        <div className={classes['week']}>
          <WeekCalendar
            key={`${subject.kind} ${subject.id} ${week.monday}`}
            label={`${nameOf(tutoring.index, subject)}, ${week.label}`}
            grid={view.grid}
            sessions={view.sessions}
            off={view.away}
            selected={selected}
            onSelect={view.setSelected}
            held={held}
            onHold={view.setHeld}
            hint={(key, slotId) => {
              const session = find(key);
              return session ? hintFor(session, subject, slotId, tutoring.index) : { free: true, words: '' };
            }}
            onDrop={drop}
          />
          <Legend />
        </div>
        <Stack component="aside" className={classes['panel']} aria-label="The chosen session">
          <SessionPanel
            tutoring={tutoring}
            subject={subject}
            session={find(selected)}
            onPickUp={() => view.setHeld(selected)}
            onChange={setChange}
          />
        </Stack>
      </div>
      <ConsequencesDialog tutoring={tutoring} change={change} onClose={decided} />
    </Card>
  );
};
