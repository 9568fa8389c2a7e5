/**
 * Who sits in front of the screen and which course they look at. Until accounts exist a person says who they are; the
 * choice stays in this browser. The course stands in the address (`?course=`), so that a link shows what it showed.
 */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { actAs } from '../api/client.ts';
import type { PickablePerson, Role } from '../api/courses.ts';
import { recall, remember } from './storage.ts';

export type Person = Pick<PickablePerson, 'person' | 'role' | 'name'>;

export const ROLES: readonly Role[] = ['learner', 'teacher', 'engineer', 'decision maker'];

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  learner: 'Learner',
  teacher: 'Teacher',
  engineer: 'Learning engineer',
  'decision maker': 'Decision maker',
};

/** What each role comes here for; shown where one chooses. */
export const ROLE_PURPOSE: Readonly<Record<Role, string>> = {
  learner: 'See your next steps and practise',
  teacher: 'See who needs help, and change next steps',
  engineer: 'Import records, compare solvers',
  'decision maker': 'See the evidence and what it costs',
};

/** Where each role begins. */
export const HOME: Readonly<Record<Role, string>> = {
  learner: '/learner',
  teacher: '/class',
  engineer: '/records',
  'decision maker': '/solvers',
};

interface Session {
  readonly person: Person | null;
  readonly choosePerson: (person: Person) => void;
  /** The course of the address, else the one last looked at, else null. */
  readonly courseId: number | null;
  /** `quietly`: the screen belongs to that course; going back does not return to the other one. */
  readonly chooseCourse: (id: number, quietly?: boolean) => void;
}

const SessionContext = createContext<Session | null>(null);

const PERSON_KEY = 'qurriculum.person';
const COURSE_KEY = 'qurriculum.course';

const recallPerson = (): Person | null => {
  const stored = recall(PERSON_KEY);
  if (typeof stored !== 'object' || stored === null) return null;
  const { person, role, name } = stored as Partial<Record<keyof Person, unknown>>;
  const known = ROLES.find((one) => one === role);
  return known && typeof person === 'string' && typeof name === 'string' ? { person, role: known, name } : null;
};

const recallCourse = (): number | null => {
  const stored = recall(COURSE_KEY);
  return typeof stored === 'number' ? stored : null;
};

/** The course that an address names; null where it names none. */
export const courseOf = (search: URLSearchParams): number | null => {
  const id = Number(search.get('course') ?? Number.NaN);
  return Number.isInteger(id) && id > 0 ? id : null;
};

/** The learner's id where the person is one; null for staff. */
export const learnerIdOf = (person: Person | null): number | null => {
  const id = person?.role === 'learner' ? Number(person.person.replace('learner:', '')) : Number.NaN;
  return Number.isInteger(id) ? id : null;
};

export const SessionProvider = ({ children }: { readonly children: ReactNode }) => {
  const client = useQueryClient();
  const [person, setPerson] = useState(recallPerson);
  const [lastCourse, setLastCourse] = useState(recallCourse);
  const [search, setSearch] = useSearchParams();
  const inAddress = courseOf(search);
  const courseId = inAddress ?? lastCourse;
  // Before the children render: their first requests must already say who asks.
  actAs(person?.person ?? null);

  useEffect(() => {
    if (inAddress === null) return;
    setLastCourse(inAddress);
    remember(COURSE_KEY, inAddress);
  }, [inAddress]);

  const choosePerson = useCallback(
    (chosen: Person) => {
      setPerson(chosen);
      remember(PERSON_KEY, chosen);
      actAs(chosen.person);
      // What one may do and see differs from person to person.
      void client.invalidateQueries();
    },
    [client],
  );
  const chooseCourse = useCallback(
    (id: number, quietly = false) =>
      setSearch((was) => new URLSearchParams({ ...Object.fromEntries(was), course: String(id) }), { replace: quietly }),
    [setSearch],
  );
  const session = useMemo(
    () => ({ person, choosePerson, courseId, chooseCourse }),
    [person, choosePerson, courseId, chooseCourse],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
};

export const useSession = (): Session => {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession: expected a SessionProvider above, got none; render inside <App>');
  return session;
};
