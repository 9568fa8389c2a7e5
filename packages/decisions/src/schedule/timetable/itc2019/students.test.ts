/** Students in ITC-2019: who attends what, by hand, and the search's counters against the check. */
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { itcChoices, openItcRun } from './anneal.ts';
import { createItcBoard } from './board.ts';
import { itcPlacements, readItcPlan, writeItcPlan } from './plan.ts';
import type { ItcProblem } from './problem.ts';
import { readItc2019 } from './read.ts';
import { createSections } from './sections.ts';
import { validateItc2019 } from './validate.ts';

/**
 * Course P: lectures l1 and l2, each with its own seminars (l1: s1, s2; l2: s3), or instead of both the one class w.
 * Course Q: the class q, in the hour of l1. Course R: r, in the hour after q, in a room that is three slots away.
 */
const problemOf = (students: string, limits: Readonly<Record<string, number>> = {}): string => {
  const time = (start: number): string => `<time days="1" start="${start}" length="10" weeks="1" penalty="0"/>`;
  const one = (id: string, start: number, more = 'room="false"', room = ''): string => {
    const limit = limits[id] === undefined ? '' : ` limit="${limits[id]}"`;
    return `<class id="${id}" ${more}${limit}>${room}${time(start)}</class>`;
  };
  const child = (parent: string): string => `room="false" parent="${parent}"`;
  const room = (id: string): string => `<room id="${id}" penalty="0"/>`;
  return `<problem name="students" nrDays="1" slotsPerDay="100" nrWeeks="1">
  <optimization time="1" room="1" distribution="1" student="5"/>
  <rooms><room id="A" capacity="9"><travel room="B" value="3"/></room><room id="B" capacity="9"/></rooms>
  <courses>
    <course id="P">
      <config id="1">
        <subpart id="1">${one('l1', 0)}${one('l2', 20)}</subpart>
        <subpart id="2">${one('s1', 40, child('l1'))}${one('s2', 60, child('l1'))}${one('s3', 40, child('l2'))}</subpart>
      </config>
      <config id="2"><subpart id="3">${one('w', 80)}</subpart></config>
    </course>
    <course id="Q"><config id="3"><subpart id="4">${one('q', 0, '', room('A'))}</subpart></config></course>
    <course id="R"><config id="4"><subpart id="5">${one('r', 12, '', room('B'))}</subpart></config></course>
  </courses>
  <distributions/>
  <students>${students}</students>
</problem>`;
};
const student = (id: number, ...courses: string[]): string =>
  `<student id="${id}">${courses.map((course) => `<course id="${course}"/>`).join('')}</student>`;
const ALL = ['l1', 'l2', 's1', 's2', 's3', 'w', 'q', 'r'];
const STARTS = [0, 20, 40, 60, 40, 80, 0, 12];

/** A plan in which each student attends the classes listed behind the number. */
function planOf(attending: Readonly<Record<string, string>>): string {
  const classes = ALL.map((id, k) => {
    const room = id === 'q' ? ' room="A"' : id === 'r' ? ' room="B"' : '';
    const inside = Object.entries(attending).filter(([, list]) => list.split(' ').includes(id));
    const ids = inside.map(([number]) => `<student id="${number}"/>`).join('');
    return `<class id="${id}" days="1" start="${STARTS[k]}" weeks="1"${room}>${ids}</class>`;
  });
  return `<solution>${classes.join('')}</solution>`;
}

const placementsOf = (problem: ItcProblem, plan: Int32Array) =>
  itcPlacements(problem, itcChoices(problem, plan), plan.subarray(problem.classes.length));

describe('the check of who attends what', () => {
  const problem = readItc2019(problemOf(student(1, 'P', 'Q', 'R') + student(2, 'P'), { s1: 1, l1: 2 }), 'x.xml');

  it.each([
    // q and r: two slots between, three to walk.
    [{ 1: 'w q r', 2: 'l2 s3' }, 1],
    // And l1 in the hour of q, before r by two slots but in no room, so without a way.
    [{ 1: 'l1 s2 q r', 2: 'l1 s1' }, 2],
  ])('counts the conflicts of %j: %i', (attending, conflicts) => {
    const report = validateItc2019(problem, readItcPlan(planOf(attending)));
    expect(report.violations).toEqual([]);
    expect(report.terms).toEqual({ time: 0, room: 0, distribution: 0, student: 5 * conflicts });
    expect(report.objective).toBe(5 * conflicts);
  });

  it.each([
    ['parent', { 1: 'l2 s1 q r', 2: 'w' }, /student 1: attends class s1 without its parent l1/],
    ['limit', { 1: 'l1 s1 q r', 2: 'l1 s1' }, /class s1: 2 students, 1 are allowed/],
    [
      'section',
      { 1: 'l1 s1 q r', 2: 'l1' },
      /student 2, course P: expected one class of every subpart .* got classes l1$/,
    ],
    ['section', { 1: 'l1 s1 q r', 2: 'l1 s2 w' }, /student 2, course P/],
    ['section', { 1: 'w q r', 2: 'l1 s1 s2' }, /student 2, course P/],
    ['section', { 1: 'w r', 2: 'w' }, /student 1, course Q: .* got classes none/],
    ['section', { 1: 'w q r', 2: 'w q' }, /student 2: attends classes q of courses that they do not take/],
    ['student', { 1: 'w q r', 2: 'w', 3: 'w' }, /class w: student 3 is none of the problem/],
  ])('finds %s in %j', (rule, attending, message) => {
    const { violations, feasible } = validateItc2019(problem, readItcPlan(planOf(attending)));
    expect(feasible).toBe(false);
    expect(violations).toEqual([{ rule, message: expect.stringMatching(message) }]);
  });

  it.each([
    [problemOf(student(1, 'P', 'P')), /each course of student 1 once, got one twice/],
    [problemOf(student(1, 'X')), /the id of a course of this file, got "X"/],
    [problemOf('').replace('parent="l2"', 'parent="s1"'), /as parent a class of another subpart.*got "s1"/],
    [problemOf('').replace('parent="l2"', 'parent="q"'), /as parent a class of another subpart.*got "q"/],
    [problemOf(student(1, 'P') + student(1, 'Q')), /a new student, got id 1 again/],
  ])('errors of the file are named (%#)', (text, message) => {
    expect(() => readItc2019(text, 'bad.xml')).toThrow(message);
  });
});

describe('sections', () => {
  const problem = readItc2019(problemOf(''), 'x.xml');
  const at = (id: string): number => ALL.indexOf(id);
  const { withClass, choices } = createSections(problem);

  it('go with their parents, near what is there', () => {
    const named = (wanted: string, ...present: string[]) =>
      withClass(at(wanted), (index) => Number(!present.includes(ALL[index])))?.map((index) => ALL[index]);
    expect(named('s3', 'l1', 's1')).toEqual(['l2', 's3']);
    expect(named('l1', 'l2', 's3')).toEqual(['l1', 's1']);
    expect(named('l1', 'l2', 's2')).toEqual(['l1', 's2']);
    expect(named('w', 'l1', 's1')).toEqual(['w']);
    expect(choices.map((list) => list.map((index) => ALL[index]))).toEqual([
      ['l1', 'l2', 's1', 's2', 's3', 'w'],
      [],
      [],
    ]);
  });

  it('there are none of a class whose children all have other parents', () => {
    const text = problemOf(student(1, 'P')).replace('parent="l2"', 'parent="l1"');
    const { withClass: without } = createSections(readItc2019(text, 'x.xml'));
    expect(without(at('l2'), () => 0)).toBeNull();
    // Only w is left when nobody may come to l1.
    const only = readItc2019(problemOf(student(1, 'P'), { l1: 0 }).replace('parent="l2"', 'parent="l1"'), 'x.xml');
    const run = openItcRun(only, 1, 0)!;
    run.slice(0, 200);
    expect(run.best().broken).toBe(0);
    expect(placementsOf(only, run.best().plan).filter(({ students }) => students.length > 0)).toMatchObject([
      { id: 'w' },
    ]);
  });
});

describe('the search', () => {
  it('its counters say what the check says, student after student', () => {
    const random = createRandom(7);
    const courses = ['P', 'Q', 'R'];
    const students = Array.from({ length: 12 }, (_, k) => student(k, ...courses.filter(() => random.chance(0.7))));
    const problem = readItc2019(problemOf(students.join(''), { l1: 3, s2: 2, w: 2, q: 5 }), 'x.xml');
    const board = createItcBoard(problem, (options) => random.integer(options))!;
    const { attendance } = board;
    let crowded = 0;
    for (let m = 0; m < 300; m++) {
      const enrolment = random.integer(attendance.enrolments.length);
      const [choices] = [attendance.sections.choices[attendance.enrolments[enrolment].course]];
      if (choices.length === 0) continue;
      const section = attendance.sections.withClass(random.pick(choices), () => 0)!;
      board.enrol(enrolment, section, { ...board.sectionChange(enrolment, section) });
      const plan = Int32Array.from([...board.chosen, ...attendance.taken]);
      const placements = readItcPlan(writeItcPlan(problem, placementsOf(problem, plan)));
      const report = validateItc2019(problem, placements);
      expect(board.cost()).toBe(report.objective);
      const beyond = problem.classes.map(({ limit }, k) => Math.max(0, placements[k].students.length - limit));
      expect(board.broken()).toBe(beyond.reduce((sum, count) => sum + count, 0));
      expect(new Set(report.violations.map(({ rule }) => rule)).has('limit')).toBe(board.broken() > 0);
      crowded += board.broken();
      for (const [index, members] of attendance.members.entries()) {
        // A class in the hours of q has exactly as many conflicts as students in both.
        if (ALL[index] !== 'l1') continue;
        const inQ = attendance.members[ALL.indexOf('q')].map((one) => attendance.enrolments[one].student);
        const both = members.filter((one) => inQ.includes(attendance.enrolments[one].student));
        expect(attendance.conflictsOf(index, board.options[index][board.chosen[index]])).toBe(both.length);
      }
    }
    expect(crowded).toBeGreaterThan(0);
  });

  it('finds the only places there are, by changing places where classes are full', () => {
    // Three want P beside Q: only l2 and w spare them a conflict, one seat each; the fourth does not mind l1.
    const students = [student(4, 'P'), ...[1, 2].map((id) => student(id, 'P', 'Q')), student(3, 'P', 'Q', 'R')];
    const problem = readItc2019(problemOf(students.join(''), { l1: 2, s1: 1, s2: 1, l2: 1, w: 1 }), 'x.xml');
    const run = openItcRun(problem, 2, 0)!;
    for (let k = 0; k < 40; k++) run.slice(k / 40, 50);
    // q and r of student 3, and one of the three with l1.
    expect([run.best().broken, run.best().cost]).toEqual([0, 10]);
    const report = validateItc2019(problem, placementsOf(problem, run.best().plan));
    expect(report).toMatchObject({ feasible: true, objective: 10 });
  });

  it('says how few are left over where there are too few places', () => {
    const students = [1, 2, 3].map((id) => student(id, 'Q'));
    const run = openItcRun(readItc2019(problemOf(students.join(''), { q: 2 }), 'x.xml'), 1, 0)!;
    run.slice(0, 10);
    expect(run.best().broken).toBe(1);
  });
});
