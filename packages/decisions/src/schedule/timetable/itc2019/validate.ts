/**
 * Checks a plan against a problem of ITC-2019 and adds up its cost, pair by pair from the plan alone: it shares the meaning
 * of the distributions (`rules.ts`) with the search, and none of its counting.
 */
import type { Violation } from '../../../decision.ts';
import type { TimetableReport } from '../report.ts';
import type { ItcPlacement } from './plan.ts';
import { type ItcDistribution, type ItcProblem, isPairKind } from './problem.ts';
import { bitText } from './read.ts';
import { groupCost, groupExcess, type Held, keepsPair, overlap, type Travel, travelBetween } from './rules.ts';
import { checkStudents } from './validate-students.ts';

/**
 * Cost by term, weighted, and every broken hard rule. Rules about classes that the plan does not place rightly are left
 * out of account.
 */
export function validateItc2019(problem: ItcProblem, plan: readonly ItcPlacement[]): TimetableReport {
  const violations: Violation[] = [];
  const units = { time: 0, room: 0 };
  const held = problem.classes.map((_, index) => place(problem, plan, index, units, violations));
  for (const { id } of plan) {
    if (problem.classes.some((one) => one.id === id)) continue;
    violations.push({ rule: 'class', message: `class ${id}: the problem has none of this id` });
  }
  violations.push(...roomViolations(problem, held));
  let distribution = 0;
  const travel = travelBetween(problem);
  for (const rule of problem.distributions) {
    const excess = excessOf(problem, rule, held, travel);
    if (rule.penalty === null) violations.push(...excess.broken);
    else distribution += excess.cost;
  }
  const { conflicts, broken } = checkStudents(problem, plan, held, travel);
  violations.push(...broken);
  const { weights } = problem;
  const terms = {
    time: weights.time * units.time,
    room: weights.room * units.room,
    distribution: weights.distribution * distribution,
    student: weights.student * conflicts,
  };
  const objective = terms.time + terms.room + terms.distribution + terms.student;
  return { objective, terms, violations, feasible: violations.length === 0 };
}

/** Where the plan puts a class; null where it does not, or not in one of its times and rooms. */
function place(
  problem: ItcProblem,
  plan: readonly ItcPlacement[],
  index: number,
  units: { time: number; room: number },
  violations: Violation[],
): Held | null {
  const { id, times, rooms } = problem.classes[index];
  const fail = (message: string): null => {
    violations.push({ rule: 'class', message: `class ${id}: ${message}` });
    return null;
  };
  const lines = plan.filter((one) => one.id === id);
  if (lines.length !== 1) return fail(`expected once in the plan, got ${lines.length} times`);
  const [line] = lines;
  const time = times.find(
    ({ days, start, weeks }) =>
      bitText(days, problem.days) === line.days && start === line.start && bitText(weeks, problem.weeks) === line.weeks,
  );
  if (!time) return fail(`days ${line.days}, start ${line.start}, weeks ${line.weeks} is none of its times`);
  if (rooms.length === 0) {
    if (line.room !== undefined) return fail(`room ${line.room} is given, but it needs none`);
    units.time += time.penalty;
    return { ...time, room: -1 };
  }
  const room = rooms.find((option) => problem.rooms[option.room].id === line.room);
  if (!room) return fail(`room ${line.room ?? '(none)'} is none of its rooms`);
  units.time += time.penalty;
  units.room += room.penalty;
  return { ...time, room: room.room };
}

function roomViolations(problem: ItcProblem, held: readonly (Held | null)[]): Violation[] {
  const violations: Violation[] = [];
  for (const [room, { id, unavailable }] of problem.rooms.entries()) {
    const inside = [...held.keys()].filter((index) => held[index]?.room === room);
    for (const [k, first] of inside.entries()) {
      const name = problem.classes[first].id;
      if (unavailable.some((time) => overlap(time, held[first]!)))
        violations.push({ rule: 'room unavailable', message: `class ${name}: room ${id} is not available then` });
      for (const second of inside.slice(k + 1)) {
        if (!overlap(held[first]!, held[second]!)) continue;
        const names = `${name} and ${problem.classes[second].id}`;
        violations.push({ rule: 'double booking', message: `classes ${names}: both in room ${id} at once` });
      }
    }
  }
  return violations;
}

function excessOf(
  problem: ItcProblem,
  { kind, parameters, penalty, classes }: ItcDistribution,
  held: readonly (Held | null)[],
  travel: Travel,
): { readonly cost: number; readonly broken: Violation[] } {
  const placed = classes.filter((index) => held[index] !== null);
  const title = parameters.length === 0 ? kind : `${kind}(${parameters.join(',')})`;
  if (isPairKind(kind)) {
    const broken = placed.flatMap((first, k) =>
      placed
        .slice(k + 1)
        .filter((second) => !keepsPair(kind, held[first]!, held[second]!, parameters[0], travel))
        .map((second) => {
          const names = `${problem.classes[first].id} and ${problem.classes[second].id}`;
          return { rule: kind, message: `${title}: classes ${names} break it` };
        }),
    );
    return { cost: (penalty ?? 0) * broken.length, broken };
  }
  const all = placed.map((index) => held[index]!);
  const excess = groupExcess(kind, all, parameters, problem);
  const names = placed.map((index) => problem.classes[index].id).join(', ');
  const broken = excess > 0 ? [{ rule: kind, message: `${title}: classes ${names} go beyond it by ${excess}` }] : [];
  return { cost: groupCost(kind, penalty ?? 0, excess, problem.weeks), broken };
}
