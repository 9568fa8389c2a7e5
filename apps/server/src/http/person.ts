/**
 * Who asks. Until accounts exist a person is picked in the app and travels in a header, `teacher:Ms Lopez` or
 * `learner:12`; letters beyond ASCII are percent-encoded. It is recorded with what the person does, and nothing secret
 * rests on it: the server answers on this machine only.
 */
import { Problem } from './problem.ts';

export const PERSON_HEADER = 'x-qurriculum-person';

export const staffRoles = ['teacher', 'engineer', 'decision maker'] as const;

export type Role = (typeof staffRoles)[number] | 'learner';

export type Person =
  | { readonly role: 'learner'; readonly learnerId: number; readonly label: string }
  | { readonly role: (typeof staffRoles)[number]; readonly name: string; readonly label: string };

const LONGEST_NAME = 200;

/** Reads the header; null where there is none. Throws a `Problem` where it is not as described above. */
export function readPerson(header: string | undefined): Person | null {
  if (header === undefined || header === '') return null;
  const [, role, rest] = /^([^:]+):(.+)$/.exec(decode(header)) ?? [];
  const name = rest?.trim() ?? '';
  if (role === 'learner' && /^[1-9]\d{0,9}$/.test(name)) {
    return { role, learnerId: Number(name), label: `learner:${name}` };
  }
  const staff = staffRoles.find((known) => known === role);
  if (staff && name !== '' && name.length <= LONGEST_NAME) return { role: staff, name, label: `${staff}:${name}` };
  const detail = `expected learner:ID or one of ${staffRoles.join(', ')} with a name after a colon`;
  throw new Problem('invalid-request', `${PERSON_HEADER}: ${detail}; choose a person again.`, [
    { field: PERSON_HEADER, detail },
  ]);
}

function decode(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}

/** The person, who must have one of these roles (any, where none is named). */
export function requirePerson(person: Person | null, ...roles: readonly Role[]): Person {
  if (!person) throw new Problem('person-missing', 'Choose who you are first: this is recorded with your name.');
  if (roles.length > 0 && !roles.includes(person.role)) {
    throw new Problem('not-allowed', `This is for ${roles.join(' or ')}; you act as ${person.role}.`);
  }
  return person;
}
