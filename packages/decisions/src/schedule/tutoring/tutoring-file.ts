/**
 * The tutoring benchmark (JSON with learners, tutors and bit strings of slots), read as a schedule state:
 *
 *   maximise  sum over sessions of prio (10 + fit) - 2 cost
 *             - 6 per distinct tutor of a learner with need >= 2 - 3 (most load - least load over tutors with any option)
 *
 * A session needs the learner's skill among the tutor's, and both slot bits; one session per learner and slot, and per tutor
 * and slot; at most `need` per learner and `max` per tutor. `disruptions` become events, in order.
 */
import { isObject, parseJson, shown } from '@qurriculum/problems';
import { ScheduleError } from '../error.ts';
import type { ScheduleEvent, ScheduleState } from '../types.ts';

export interface TutoringLearner {
  readonly skill: number;
  /** "1" where free, one sign per slot. */
  readonly slots: string;
  readonly need: number;
  readonly prio: number;
  /** By tutor. */
  readonly fit: readonly number[];
}

export interface TutoringTutor {
  readonly skills: readonly number[];
  readonly slots: string;
  readonly max: number;
  readonly cost: number;
}

export type TutoringDisruption =
  | { readonly t: 'learnerSlotLost'; readonly learner: number; readonly slot: number }
  | { readonly t: 'tutorSlotLost'; readonly tutor: number; readonly slot: number }
  | { readonly t: 'tutorSick'; readonly tutor: number }
  | { readonly t: 'learnerNeedsExtra'; readonly learner: number };

export interface TutoringProblem {
  readonly name: string;
  readonly slotCount: number;
  readonly learners: readonly TutoringLearner[];
  readonly tutors: readonly TutoringTutor[];
  readonly disruptions: readonly TutoringDisruption[];
}

export interface TutoringFile {
  readonly problem: TutoringProblem;
  readonly state: ScheduleState;
  readonly events: readonly ScheduleEvent[];
}

/** Whether a text is of this format: our own files name slots one by one, these count them. */
export function isTutoringFile(value: unknown): boolean {
  return isObject(value) && 'slotCount' in value;
}

/** Reads a benchmark file. @throws ProblemError BAD_FILE, or ScheduleError BAD_STATE with the place. */
export function readTutoringFile(text: string, name = 'tutoring file'): TutoringFile {
  const problem = requireProblem(parseJson(text, name), name);
  return { problem, state: tutoringState(problem), events: tutoringEvents(problem) };
}

export const learnerId = (learner: number): string => `learner ${learner}`;
export const tutorId = (tutor: number): string => `tutor ${tutor}`;
export const slotId = (slot: number): string => `slot ${slot}`;
const skillId = (skill: number): string => `skill ${skill}`;

/** The file knows slots by number only: an hour each, one after the other, from a Monday. */
const FIRST_SLOT = Date.UTC(2026, 0, 5, 8);

function tutoringState({ name, slotCount, learners, tutors }: TutoringProblem): ScheduleState {
  const bits = (slots: string): string[] => [...slots].flatMap((bit, s) => (bit === '1' ? [slotId(s)] : []));
  const write = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
  return {
    ...{ name, timeZone: 'UTC', loadFairness: 'range' },
    weights: { gain: 1, cost: 2, continuity: 6, load: 3 },
    slots: Array.from({ length: slotCount }, (_, s) => {
      const start = FIRST_SLOT + s * 3_600_000;
      return { id: slotId(s), start: write(start), end: write(start + 3_600_000) };
    }),
    learners: learners.map(({ skill, slots, need, prio, fit }, l) => ({
      ...{ id: learnerId(l), priority: prio, available: bits(slots) },
      needs: [
        {
          ...{ skill: skillId(skill), sessions: need, gain: 10 },
          gainWith: Object.fromEntries(fit.map((value, t) => [tutorId(t), 10 + value])),
        },
      ],
    })),
    tutors: tutors.map(({ skills, slots, max, cost }, t) => ({
      ...{ id: tutorId(t), available: bits(slots), most: max, cost },
      skills: Object.fromEntries(skills.map((skill) => [skillId(skill), 1])),
    })),
  };
}

function tutoringEvents({ learners, disruptions }: TutoringProblem): ScheduleEvent[] {
  const need = learners.map((learner) => learner.need);
  return disruptions.map((each): ScheduleEvent => {
    if (each.t === 'learnerNeedsExtra') {
      const skill = skillId(learners[each.learner].skill);
      return { kind: 'need-changed', learner: learnerId(each.learner), skill, sessions: ++need[each.learner] };
    }
    if (each.t === 'tutorSick') return { kind: 'tutor-out', tutor: tutorId(each.tutor) };
    const slots = [slotId(each.slot)];
    if (each.t === 'tutorSlotLost') return { kind: 'tutor-out', tutor: tutorId(each.tutor), slots };
    return { kind: 'learner-out', learner: learnerId(each.learner), slots };
  });
}

function fault(place: string, expected: string, got: unknown): ScheduleError {
  return new ScheduleError('BAD_STATE', `${place}: expected ${expected}, got ${shown(got)}; correct the file.`);
}

function requireProblem(value: unknown, name: string): TutoringProblem {
  if (!isObject(value)) throw fault(name, 'an object', value);
  const list = (key: string): readonly unknown[] => {
    const entries = value[key];
    if (!Array.isArray(entries)) throw fault(`${name}.${key}`, 'a list', entries);
    return entries;
  };
  const [learners, tutors] = [list('learners'), list('tutors')];
  const disruptions = value['disruptions'] === undefined ? [] : list('disruptions');
  const slotCount = value['slotCount'];
  requireWhole(slotCount, 0, 100_000, `${name}.slotCount`);
  const slots = slotCount as number;
  for (const [l, entry] of learners.entries()) {
    const at = `${name}.learners[${l}]`;
    const { skill, need, prio, fit, slots: free } = requireObject(entry, at);
    requireWhole(skill, 0, 1e6, `${at}.skill`);
    requireWhole(need, 1, 10_000, `${at}.need`);
    requireWhole(prio, 0, 1e6, `${at}.prio`);
    requireBits(free, slots, `${at}.slots`);
    if (!Array.isArray(fit) || fit.length !== tutors.length) throw fault(`${at}.fit`, `${tutors.length} numbers`, fit);
    for (const [t, points] of fit.entries()) requireWhole(points, 0, 1e6, `${at}.fit[${t}]`);
  }
  for (const [t, entry] of tutors.entries()) {
    const at = `${name}.tutors[${t}]`;
    const { skills, max, cost, slots: free } = requireObject(entry, at);
    if (!Array.isArray(skills)) throw fault(`${at}.skills`, 'a list of numbers', skills);
    for (const [k, skill] of skills.entries()) requireWhole(skill, 0, 1e6, `${at}.skills[${k}]`);
    requireWhole(max, 0, 10_000, `${at}.max`);
    requireWhole(cost, 0, 1e6, `${at}.cost`);
    requireBits(free, slots, `${at}.slots`);
  }
  for (const [k, entry] of disruptions.entries()) {
    requireDisruption(
      entry,
      { learner: learners.length, tutor: tutors.length, slot: slots },
      `${name}.disruptions[${k}]`,
    );
  }
  return { ...(value as unknown as TutoringProblem), disruptions: disruptions as TutoringDisruption[] };
}

function requireObject(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw fault(place, 'an object', value);
  return value;
}

function requireWhole(value: unknown, least: number, most: number, place: string): void {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw fault(place, `a whole number from ${least} to ${most}`, value);
  }
}

function requireBits(value: unknown, count: number, place: string): void {
  if (typeof value !== 'string' || value.length !== count || !/^[01]*$/.test(value)) {
    throw fault(place, `${count} signs 0 or 1`, value);
  }
}

const NAMES: Readonly<Record<TutoringDisruption['t'], readonly ('learner' | 'tutor' | 'slot')[]>> = {
  learnerSlotLost: ['learner', 'slot'],
  tutorSlotLost: ['tutor', 'slot'],
  tutorSick: ['tutor'],
  learnerNeedsExtra: ['learner'],
};

function requireDisruption(
  value: unknown,
  counts: Readonly<Record<'learner' | 'tutor' | 'slot', number>>,
  place: string,
): void {
  const entry = requireObject(value, place);
  const names = NAMES[entry['t'] as TutoringDisruption['t']];
  if (names === undefined) throw fault(`${place}.t`, `one of ${Object.keys(NAMES).join(', ')}`, entry['t']);
  for (const name of names) requireWhole(entry[name], 0, counts[name] - 1, `${place}.${name}`);
}
