/** The calendar of one tutor, learner or room, week by week, with the chosen session beside it. */
import { Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { IconPencil, IconPin } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Card } from '../../../components/Card.tsx';
import { Overview } from '../overview/Overview.tsx';
import { type Change, ConsequencesDialog } from '../session/ConsequencesDialog.tsx';
import { SessionPanel } from '../session/SessionPanel.tsx';
import type { ChosenWeek } from '../useChosenWeek.ts';
import type { Tutoring } from '../useTutoring.ts';
import classes from './CalendarCard.module.css';
import {
  awaySlots,
  firstSubject,
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
import { WeekSwitch } from './WeekSwitch.tsx';
import { gridOf, type Week } from './week.ts';

/** All tutors at once are no subject of a calendar: a view of their own. */
const EVERYBODY = 'everybody';

const KINDS = [
  { value: EVERYBODY, label: 'All tutors' },
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
  /** All tutors at once are shown. */
  readonly isAll: boolean;
  readonly onAll: () => void;
  readonly onWeek: (week: number) => void;
}

const Toolbar = ({ tutoring, weeks, subject, onSubject, isAll, onAll, onWeek }: ToolbarProps) => {
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
        value={isAll ? EVERYBODY : subject.kind}
        onChange={(kind) => (kind === EVERYBODY ? onAll() : onSubject(kind as SubjectKind))}
      />
      {!isAll && (
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
      )}
      <WeekSwitch weeks={weeks} timeZone={tutoring.setting.timeZone} onWeek={onWeek} />
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

/** Stays the same while weeks are walked and the plan changes: somebody with sessions when first shown, or who was chosen. */
const useSubject = (tutoring: Tutoring, week: Week) => {
  const { index } = tutoring;
  const first = (kind: SubjectKind): string | undefined =>
    firstSubject(
      index,
      kind,
      week.slots.map(({ id }) => id),
    );
  const [kind, setKind] = useState<SubjectKind>('tutor');
  const [ids, setIds] = useState<Readonly<Partial<Record<SubjectKind, string>>>>(() => ({ tutor: first('tutor') }));
  const choices = useMemo(() => subjectsOf(index, kind), [index, kind]);
  const id = choices.find(({ value }) => value === ids[kind])?.value ?? choices[0]?.value ?? '';
  const choose = (next: SubjectKind, chosen?: string): void => {
    setKind(next);
    setIds((was) => ({ ...was, [next]: chosen ?? was[next] ?? first(next) }));
  };
  return { subject: useMemo(() => ({ kind, id }), [kind, id]), choose };
};

/** What the calendar shows and what is chosen in it. */
const useCalendar = (tutoring: Tutoring, week: Week) => {
  const { setting, index, plan } = tutoring;
  const { subject, choose } = useSubject(tutoring, week);
  const [selected, setSelected] = useState<string | null>(null);
  const [held, setHeld] = useState<string | null>(null);
  const [isAll, setAll] = useState(false);
  const grid = useMemo(() => gridOf(week, setting.timeZone), [week, setting]);
  const own = useMemo(() => sessionsOf(plan, subject), [plan, subject]);
  const sessions = useMemo(() => own.map((session) => toCalendar(session, subject, index)), [own, subject, index]);
  const away = useMemo(() => awaySlots(setting, index, subject), [setting, index, subject]);
  const find = (key: string | null) => own.find((session) => sessionKey(session) === key) ?? null;
  const show = (kind: Subject['kind'], id?: string): void => {
    setHeld(null);
    setAll(false);
    choose(kind, id);
  };
  const showAll = (): void => {
    setHeld(null);
    setAll(true);
  };
  return { isAll, showAll, subject, show, grid, sessions, away, find, selected, setSelected, held, setHeld };
};

interface OneWeekProps {
  readonly tutoring: Tutoring;
  readonly week: Week;
  readonly view: ReturnType<typeof useCalendar>;
  readonly onChange: (change: Change) => void;
}

/** One calendar with the chosen session beside it. */
const OneWeek = ({ tutoring, week, view, onChange }: OneWeekProps) => {
  const { subject, selected, held, find } = view;
  const drop = (key: string, slotId: string): void => {
    const session = find(key);
    if (session) onChange({ title: `Move ${session.skill.name}`, moves: movesTo(session, subject, { slotId }) });
  };
  return (
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
          fixed={!tutoring.setting.may.edit}
        />
        <Legend />
      </div>
      <Stack component="aside" className={classes['panel']} aria-label="The chosen session">
        <SessionPanel
          tutoring={tutoring}
          subject={subject}
          session={find(selected)}
          onPickUp={() => view.setHeld(selected)}
          onChange={onChange}
        />
      </Stack>
    </div>
  );
};

export const CalendarCard = ({ tutoring, weeks }: { readonly tutoring: Tutoring; readonly weeks: ChosenWeek }) => {
  const { week } = weeks;
  const view = useCalendar(tutoring, week);
  const [change, setChange] = useState<Change | null>(null);
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
        subject={view.subject}
        onSubject={view.show}
        isAll={view.isAll}
        onAll={view.showAll}
        onWeek={(next) => {
          view.setHeld(null);
          weeks.choose(next);
        }}
      />
      {view.isAll ? (
        <Overview
          tutoring={tutoring}
          label={week.label}
          grid={view.grid}
          onOpen={(tutorId, session) => {
            view.show('tutor', tutorId);
            view.setSelected(session && sessionKey(session));
          }}
        />
      ) : (
        <OneWeek tutoring={tutoring} week={week} view={view} onChange={setChange} />
      )}
      <ConsequencesDialog tutoring={tutoring} change={change} onClose={decided} />
    </Card>
  );
};
