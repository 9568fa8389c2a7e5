/** The week that is looked at: the present one at first, the next with sessions before the term, the last after it. */
import { useMemo, useState } from 'react';
import type { ScheduleView } from '../../api/schedule.ts';
import { type Week, weeksOf } from './calendar/week.ts';

export interface ChosenWeek {
  /** At least one. */
  readonly all: readonly Week[];
  /** Place of the chosen one among all. */
  readonly at: number;
  readonly week: Week;
  readonly choose: (at: number) => void;
}

const presentWeek = (weeks: readonly Week[], now: number): number => {
  const at = weeks.findIndex(({ slots }) => slots.some(({ end }) => Date.parse(end) >= now));
  return at === -1 ? weeks.length - 1 : at;
};

/** Null while the setting has no slots. */
export const useChosenWeek = (setting: ScheduleView | undefined): ChosenWeek | null => {
  const all = useMemo(() => (setting ? weeksOf(setting.slots, setting.timeZone) : []), [setting]);
  const [chosen, choose] = useState<number | null>(null);
  const present = useMemo(() => presentWeek(all, Date.now()), [all]);
  const at = Math.min(chosen ?? present, all.length - 1);
  return all.length === 0 ? null : { all, at, week: all[at], choose };
};
