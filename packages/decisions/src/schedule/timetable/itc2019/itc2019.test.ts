import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { readTimetable, validateTimetable } from '../files.ts';
import { itcChoices, openItcRun } from './anneal.ts';
import { createItcBoard } from './board.ts';
import { itcPlacements, readItcPlan, writeItcPlan } from './plan.ts';
import type { ItcProblem } from './problem.ts';
import { readItc2019 } from './read.ts';
import { CONSTRAINT_CASES, planOf } from './testing/cases.ts';
import { validateItc2019 } from './validate.ts';

const data = new URL('../../../../../../../shared/data/scheduling/itc2019/', import.meta.url);
const absent = !existsSync(data);

/** Three classes, two rooms that are five slots apart, two weeks of two days, and every kind of cost. */
const SMALL = `<?xml version="1.0"?>
<problem name="small" nrDays="2" slotsPerDay="100" nrWeeks="2">
  <optimization time="2" room="3" distribution="10" student="5"/>
  <rooms>
    <room id="A" capacity="10"><travel room="B" value="5"/></room>
    <room id="B" capacity="10">
      <unavailable days="01" start="0" length="50" weeks="11"/>
    </room>
  </rooms>
  <courses><course id="1"><config id="1"><subpart id="1">
    <class id="x" limit="5">
      <room id="A" penalty="1"/><room id="B" penalty="0"/>
      <time days="10" start="10" length="10" weeks="11" penalty="4"/>
      <time days="01" start="10" length="10" weeks="11" penalty="0"/>
    </class>
    <class id="y" limit="5">
      <room id="B" penalty="2"/>
      <time days="10" start="22" length="10" weeks="10" penalty="0"/>
      <time days="10" start="40" length="10" weeks="11" penalty="7"/>
    </class>
    <class id="z" limit="5" room="false">
      <time days="11" start="60" length="30" weeks="11" penalty="1"/>
    </class>
  </subpart></config></course></courses>
  <distributions>
    <distribution type="SameAttendees" required="true"><class id="x"/><class id="y"/></distribution>
    <distribution type="MaxDayLoad(35)" penalty="3"><class id="x"/><class id="y"/><class id="z"/></distribution>
    <distribution type="SameStart" penalty="1"><class id="x"/><class id="y"/><class id="z"/></distribution>
    <distribution type="MaxDays(1)" penalty="2"><class id="x"/><class id="z"/></distribution>
  </distributions>
  <students><student id="1"><course id="1"/></student></students>
</problem>
`;
const small = readItc2019(SMALL, 'small.xml');
const smallPlan = (x: string, y: string): string =>
  `<solution><class id="x" ${x}><student id="1"/></class><class id="y" ${y}/>` +
  '<class id="z" days="11" start="60" weeks="11"/></solution>';
const X_EARLY = 'days="10" start="10" weeks="11"';
const Y_EARLY = 'days="10" start="22" weeks="10" room="B"';

describe('the constraint cases', () => {
  it.skipIf(absent).each(CONSTRAINT_CASES)(
    '$file: a plan that keeps it, one that breaks it (skipped without shared data)',
    (one) => {
      const file = new URL(`constraint-cases/${one.file}.xml`, data);
      const timetable = readTimetable(`${one.file}.xml`, readFileSync(file, 'utf8'));
      const kept = validateTimetable(timetable, planOf([...one.fixed, one.kept]));
      expect(kept.violations).toEqual([]);
      const broken = validateTimetable(timetable, planOf([...one.fixed, one.broken]));
      expect(broken.violations.map(({ rule }) => rule)).toEqual(one.rules);
      if (timetable.kind !== 'itc2019') throw new Error('expected XML to be read as such');
      const run = openItcRun(timetable.problem, 1, 0)!;
      for (let k = 0; k < 20; k++) run.slice(k / 20, 50);
      expect(run.best().broken).toBe(0);
    },
  );
});

describe('the check of a plan', () => {
  it('adds up the cost that a person counts', () => {
    const report = validateItc2019(small, readItcPlan(smallPlan(`${X_EARLY} room="B"`, Y_EARLY)));
    // x in B for 0, y in B for 2. Times: 4 + 0 + 1.
    // Day 0 has 10 + 10 + 30 slots in the first week, 10 + 30 in the second: 15 + 5 over; day 1 has 30. 3 * 20 / 2 = 30.
    // No two of three starts are the same: 3. Two days where one would do: 2.
    expect(report).toEqual({
      objective: 10 + 6 + 350,
      terms: { time: 10, room: 6, distribution: 10 * (30 + 3 + 2), student: 0 },
      violations: [],
      feasible: true,
    });
  });

  it.each([
    // From A to B are 5 slots, from 20 to 22 are 2.
    ['SameAttendees', smallPlan(`${X_EARLY} room="A"`, Y_EARLY)],
    ['room unavailable', smallPlan('days="01" start="10" weeks="11" room="B"', Y_EARLY)],
    ['class', smallPlan(`${X_EARLY} room="C"`, Y_EARLY)],
    ['class', smallPlan(`${X_EARLY}`, Y_EARLY)],
    ['class', smallPlan(`${X_EARLY} room="B"`, 'days="10" start="23" weeks="10" room="B"')],
    ['class', smallPlan(`${X_EARLY} room="B"`, Y_EARLY).replace('id="z"', 'id="w"')],
  ])('finds %s (%#)', (rule, plan) => {
    const { violations, feasible } = validateItc2019(small, readItcPlan(plan));
    expect(new Set(violations.map((violation) => violation.rule))).toEqual(new Set([rule]));
    expect(feasible).toBe(false);
  });

  it.each([
    ['<problem name="x" nrDays="2">', 'bad.xml:1:'],
    [SMALL.replace('nrWeeks="2"', 'nrWeeks="two"'), 'expected a number, got "two"'],
    [SMALL.replace('type="SameStart"', 'type="SameMood"'), 'bad.xml:28:5: expected a type among SameStart'],
    [SMALL.replace('MaxDays(1)', 'MaxDays'), 'expected 1 whole numbers in the brackets of MaxDays, got "MaxDays"'],
    [
      SMALL.replace('<class id="x"/><class id="z"/>', '<class id="x"/><class id="q"/>'),
      'expected the id of a class of this file, got "q"',
    ],
    [SMALL.replace('id="y" limit', 'id="x" limit'), 'bad.xml:16:5: expected a new class, got id x again'],
    [SMALL.replace('days="01" start="10"', 'days="00" start="10"'), 'expected days as 2 digits'],
    ['<solution/>', 'expected an element <problem>, got <solution>'],
  ])('errors say where (%#)', (text, message) => {
    expect(() => readItc2019(text, 'bad.xml')).toThrow(message);
  });
});

describe('the search', () => {
  it('its counters say what the check says, move after move', () => {
    const random = createRandom(5);
    const problem = crowded(small);
    const board = createItcBoard(problem, (options) => random.integer(options))!;
    for (let m = 0; m < 200; m++) {
      const index = random.integer(board.classes);
      const option = random.integer(board.options[index].length);
      board.apply(index, option, board.change(index, option));
      const plan = Int32Array.from([...board.chosen, ...board.attendance.taken]);
      const report = validateItc2019(problem, readItcPlan(writeItcPlan(problem, placementsOf(problem, plan))));
      expect(board.cost()).toBe(report.objective);
      expect(board.broken()).toBe(report.violations.length);
    }
  });

  it('finds the cheapest plan of the small problem', () => {
    const run = openItcRun(small, 3, 0)!;
    for (let k = 0; k < 50; k++) run.slice(k / 50, 50);
    // x on day 1 in A (B is closed): 3 for the room; y early: 6; z: 2. Loads: 40 on either day of the first week, day 0 of the
    // second has 30 and day 1 has 40: 15 over, floor(3 * 15 / 2) = 22. Starts 3, days of x and z: 2.
    const { best } = run;
    expect([best().broken, best().cost]).toEqual([0, 2 + 3 + 6 + 10 * (22 + 3 + 2)]);
  });

  it.skipIf(absent)('muni-fsps-spr17: a plan that keeps every hard rule (skipped without shared data)', () => {
    const text = gunzipSync(readFileSync(new URL('muni-fsps-spr17.xml.gz', data))).toString();
    const problem = readItc2019(text, 'muni-fsps-spr17.xml');
    expect([problem.courses.length, problem.students.length]).toEqual([226, 865]);
    expect([problem.classes.length, problem.rooms.length, problem.distributions.length]).toEqual([561, 44, 400]);
    const run = openItcRun(problem, 1, 0)!;
    for (let k = 0; k < 200; k++) run.slice(k / 200, 512);
    const { broken, cost, plan } = run.best();
    const report = validateItc2019(problem, placementsOf(problem, plan));
    expect(report).toMatchObject({ feasible: true, objective: cost });
    expect(broken).toBe(0);
  });
});

const placementsOf = (problem: ItcProblem, plan: Int32Array) =>
  itcPlacements(problem, itcChoices(problem, plan), plan.subarray(problem.classes.length));

/** The same with more classes and every kind of rule required, so that much is broken. */
function crowded(problem: ItcProblem): ItcProblem {
  const classes = [0, 1, 2].flatMap((copy) => problem.classes.map((one) => ({ ...one, id: `${one.id}${copy}` })));
  const all = [...classes.keys()];
  const rule = (kind: ItcProblem['distributions'][number]['kind'], ...parameters: number[]) => ({ kind, parameters });
  const rules = [
    ...[rule('Precedence'), rule('NotOverlap'), rule('SameDays'), rule('DifferentWeeks'), rule('Overlap')],
    ...[rule('WorkDay', 40), rule('MinGap', 5), rule('SameRoom'), rule('DifferentTime'), rule('SameTime')],
  ];
  return {
    ...{ ...problem, classes },
    distributions: [
      ...rules.map((one, k) => ({ ...one, penalty: k % 2 === 0 ? null : k, classes: all.slice(k % 3, 9 - (k % 4)) })),
      { ...rule('MaxBlock', 20, 15), penalty: 3, classes: all },
      { ...rule('MaxBreaks', 0, 10), penalty: 1, classes: all.slice(2) },
      { ...rule('MaxDayLoad', 60), penalty: 1, classes: all },
    ],
  };
}
