import { describe, expect, it } from 'vitest';
import type { Tutoring } from '../useTutoring.ts';
import { rulesInForce } from './rules-in-force.ts';

interface Changes {
  readonly rules?: object;
  readonly tutor?: object;
  readonly learner?: object;
  readonly pin?: object | null;
}

const tutoring = ({ rules = {}, tutor = {}, learner = {}, pin = null }: Changes) =>
  ({
    setting: {
      ...{ rules, usual: { groupShare: [1, 0.9], levelWidth: 0.25 } },
      tutors: [{ least: 0, most: 9, groupSize: 1, ...tutor }],
    },
    learners: [{ apart: [], company: 'any', ...learner }],
    plan: { sessions: [{ members: [{ pin }] }] },
  }) as unknown as Tutoring;

describe('the rules in force', () => {
  it.each<[string, Changes, string[]]>([
    ['nothing set', {}, []],
    ['a limit for days', { rules: { mostPerDay: 1 } }, ['mostPerDay']],
    ['free minutes of none', { rules: { bufferMinutes: 0 } }, []],
    ['ways between sites alone', { rules: { travelMinutes: [['a', 'b', 5]] } }, ['bufferMinutes']],
    ['a tutor of groups', { tutor: { groupSize: 3 } }, ['levelWidth']],
    ['groups of whoever comes', { tutor: { groupSize: 3 }, rules: { levelWidth: 1 } }, []],
    ['no groups at all', { tutor: { groupSize: 3 }, rules: { groupShare: [1] } }, []],
    ['somebody alone where nobody learns in groups', { learner: { company: 'alone' } }, []],
    ['somebody alone', { learner: { company: 'alone' }, tutor: { groupSize: 2 } }, ['levelWidth', 'alone']],
    ['two kept apart', { learner: { apart: [7] } }, ['apart']],
    ['a least load', { tutor: { least: 2 } }, ['least']],
    ['something pinned', { pin: { id: 'p' } }, ['pins']],
  ])('%s', (_, changes, expected) => {
    expect(rulesInForce(tutoring(changes))).toEqual([...expected, 'most']);
  });
});
