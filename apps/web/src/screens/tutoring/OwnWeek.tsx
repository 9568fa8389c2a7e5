/** A learner's own sessions, as they were published: looked at, not changed. */
import { Group, Stack, Text } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { publishedPlanQuery, type ScheduleView, type SessionView, scheduleQuery } from '../../api/schedule.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { plural } from '../../components/format.ts';
import classes from './calendar/CalendarCard.module.css';
import { sessionKey, sessionsOf, toCalendar } from './calendar/view.ts';
import { WeekCalendar } from './calendar/WeekCalendar.tsx';
import { WeekSwitch } from './calendar/WeekSwitch.tsx';
import { gridOf } from './calendar/week.ts';
import { SessionHead } from './session/SessionPanel.tsx';
import { useChosenWeek } from './useChosenWeek.ts';

export interface OwnWeekProps {
  readonly courseId: number;
  readonly learnerId: number;
}

const None = ({ children }: { readonly children: string }) => (
  <EmptyState title="No sessions yet" icon={<IconCalendarEvent size={20} />}>
    {children}
  </EmptyState>
);

interface WeeksProps {
  readonly setting: ScheduleView;
  readonly learnerId: number;
  readonly own: readonly SessionView[];
}

const NOT_AWAY: ReadonlySet<string> = new Set();
const nothing = (): void => undefined;

const Weeks = ({ setting, learnerId, own }: WeeksProps) => {
  const weeks = useChosenWeek(setting);
  const [selected, select] = useState<string | null>(null);
  const week = weeks?.week;
  const grid = useMemo(() => week && gridOf(week, setting.timeZone), [week, setting]);
  if (!weeks || !grid) return <None>There are no hours for sessions.</None>;
  const subject = { kind: 'learner', id: String(learnerId) } as const;
  const here = new Set(weeks.week.slots.map(({ id }) => id));
  const chosen = own.find((session) => sessionKey(session) === selected);
  return (
    <Card
      title="Your week"
      note={`${plural(own.filter(({ slotId }) => here.has(slotId)).length, 'session')} this week, ${plural(own.length, 'session')} in the term.`}
    >
      <Group gap="sm" mb="sm">
        <WeekSwitch weeks={weeks} timeZone={setting.timeZone} onWeek={weeks.choose} />
      </Group>
      <div className={classes['beside']}>
        <div className={classes['week']}>
          <WeekCalendar
            key={weeks.week.monday}
            fixed
            label={`Your sessions, ${weeks.week.label}`}
            grid={grid}
            sessions={own.map((session) => toCalendar(session, subject, { published: null }))}
            off={NOT_AWAY}
            selected={selected}
            onSelect={select}
            held={null}
            onHold={nothing}
            hint={() => ({ free: true, words: '' })}
            onDrop={nothing}
          />
        </div>
        <Stack component="aside" className={classes['panel']} aria-label="The chosen session">
          {chosen ? (
            <SessionHead session={chosen} timeZone={setting.timeZone}>
              {chosen.members.length > 1 && (
                <Text size="sm" c="dimmed">
                  A group of {chosen.members.length}
                </Text>
              )}
            </SessionHead>
          ) : (
            <EmptyState title="No session chosen" icon={<IconCalendarEvent size={20} />}>
              Choose a session to see what it is about, when, with whom and where.
            </EmptyState>
          )}
        </Stack>
      </div>
    </Card>
  );
};

export const OwnWeek = ({ courseId, learnerId }: OwnWeekProps) => {
  const setting = useQuery(scheduleQuery(courseId));
  const number = setting.data?.published?.number;
  const published = useQuery({ ...publishedPlanQuery(courseId, number ?? 0), enabled: number !== undefined });
  return (
    <Loaded query={setting} what="your sessions" height={480}>
      {(data) =>
        data.published === null ? (
          <None>They stand here once the schedule is published.</None>
        ) : (
          <Loaded query={published} what="your sessions" height={480}>
            {(plan) => {
              const own = sessionsOf(plan, { kind: 'learner', id: String(learnerId) });
              return own.length === 0 ? (
                <None>None of the published sessions is yours. Your teacher can plan one for you.</None>
              ) : (
                <Weeks setting={data} learnerId={learnerId} own={own} />
              );
            }}
          </Loaded>
        )
      }
    </Loaded>
  );
};
