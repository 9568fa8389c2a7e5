/**
 * A plan of ITC-2019 as the search holds it: a time and a room per class, what it breaks and costs, and what a change of one
 * class would do to that. Rules are weighed again for the class that changes only.
 */
import { type Attendance, createAttendance } from './attendance.ts';
import { type GroupKind, type ItcChoice, type ItcProblem, isPairKind, type PairKind } from './problem.ts';
import { groupCost, groupExcess, type Held, keepsPair, overlap, travelBetween } from './rules.ts';

/** Times and rooms of a class that go together, the room being available then. */
export interface ItcOption extends Held {
  readonly choice: ItcChoice;
  /** Weighted penalties of time and room. */
  readonly cost: number;
}

/** A rule between a class and another, seen from the class. */
interface Link {
  readonly other: number;
  readonly kind: PairKind;
  readonly parameter: number;
  /** Weighted cost where broken; null: required. */
  readonly cost: number | null;
  /** Whether the class stands before the other in the rule. */
  readonly isFirst: boolean;
}

interface Group {
  readonly kind: GroupKind;
  readonly parameters: readonly number[];
  readonly penalty: number | null;
  readonly classes: readonly number[];
}

/** Broken rules and cost; the same object is filled anew by every question. */
export interface Tally {
  broken: number;
  cost: number;
  /** Of students: they are in the cost. */
  conflicts: number;
}

export interface ItcBoard {
  readonly classes: number;
  /** Options of each class, by time, then room. */
  readonly options: readonly (readonly ItcOption[])[];
  /** The option that each class has. */
  readonly chosen: Int32Array;
  broken(): number;
  cost(): number;
  /** What the plan would gain or lose in all. The answer is overwritten by the next question. */
  change(index: number, option: number): Readonly<Tally>;
  apply(index: number, option: number, change: Readonly<Tally>): void;
  /** The first option of a class, from one on, with which it keeps a rule without parameters with another; -1 without. */
  follow(index: number, leader: number, kind: PairKind, from: number): number;
  /** Whether a class takes part in a broken hard rule. */
  isBroken(index: number): boolean;
  /** Who is in which class. It is changed by `enrol` alone. */
  readonly attendance: Attendance;
  /** What another section of an enrolment would change. The answer is overwritten by the next question. */
  sectionChange(enrolment: number, section: readonly number[]): Readonly<Tally>;
  enrol(enrolment: number, section: readonly number[], change: Readonly<Tally>): void;
}

/** Times and available rooms of each class. */
export function itcOptions(problem: ItcProblem): ItcOption[][] {
  return problem.classes.map((_, index) => optionsOf(problem, index));
}

/**
 * Null where some class has no time with an available room, or some student no section of a course. `chosen` is the plan to
 * begin with, an option per class.
 */
export function createItcBoard(problem: ItcProblem, choose: (options: number) => number): ItcBoard | null {
  const options = itcOptions(problem);
  if (options.some(({ length }) => length === 0)) return null;
  const travel = travelBetween(problem);
  const { links, groupsOf } = rulesOf(problem);
  const count = problem.classes.length;
  const chosen = Int32Array.from(options, ({ length }) => choose(length));
  /** Classes in each room. */
  const inside: number[][] = problem.rooms.map(() => []);
  const heldBy = (index: number): ItcOption => options[index][chosen[index]];
  const attendance = createAttendance(problem, heldBy);
  if (attendance === null) return null;
  const perConflict = problem.weights.student;
  for (let index = 0; index < count; index++) {
    const { room } = heldBy(index);
    if (room >= 0) inside[room].push(index);
  }

  /** Adds what a class with an option would break and cost, `sign` times. Pairs are counted from this class's side. */
  function weigh(index: number, option: ItcOption, sign: number, into: Tally): void {
    let broken = 0;
    const conflicts = attendance!.conflictsOf(index, option);
    let cost = option.cost + perConflict * conflicts;
    for (const { other, kind, parameter, cost: price, isFirst } of links[index]) {
      const theirs = heldBy(other);
      const kept = isFirst
        ? keepsPair(kind, option, theirs, parameter, travel)
        : keepsPair(kind, theirs, option, parameter, travel);
      if (kept) continue;
      if (price === null) broken++;
      else cost += price;
    }
    if (option.room >= 0) {
      for (const other of inside[option.room]) if (other !== index && overlap(option, heldBy(other))) broken++;
    }
    for (const group of groupsOf[index]) {
      const held = group.classes.map((one) => (one === index ? option : heldBy(one)));
      const excess = groupExcess(group.kind, held, group.parameters, problem);
      if (excess === 0) continue;
      if (group.penalty === null) broken += excess;
      else cost += problem.weights.distribution * groupCost(group.kind, group.penalty, excess, problem.weeks);
    }
    into.broken += sign * broken;
    into.cost += sign * cost;
    into.conflicts += sign * conflicts;
  }

  const tally: Tally = { broken: 0, cost: 0, conflicts: 0 };
  function change(index: number, option: number): Tally {
    tally.broken = 0;
    tally.cost = 0;
    tally.conflicts = 0;
    weigh(index, options[index][option], 1, tally);
    weigh(index, heldBy(index), -1, tally);
    return tally;
  }

  const total = wholePlan(problem, options, chosen);
  const { conflicts, beyond } = attendance.total();
  total.broken += beyond;
  total.cost += perConflict * conflicts;
  function apply(index: number, option: number, { broken, cost }: Readonly<Tally>): void {
    const [from, to] = [heldBy(index).room, options[index][option].room];
    if (from !== to) {
      if (from >= 0) inside[from].splice(inside[from].indexOf(index), 1);
      if (to >= 0) inside[to].push(index);
    }
    chosen[index] = option;
    total.broken += broken;
    total.cost += cost;
  }

  function sectionChange(enrolment: number, section: readonly number[]): Tally {
    tally.broken = attendance!.crowdChange(enrolment, section);
    tally.conflicts = attendance!.conflictChange(enrolment, section);
    tally.cost = perConflict * tally.conflicts;
    return tally;
  }

  function enrol(enrolment: number, section: readonly number[], { broken, cost }: Readonly<Tally>): void {
    attendance!.take(enrolment, section);
    total.broken += broken;
    total.cost += cost;
  }

  function follow(index: number, leader: number, kind: PairKind, from: number): number {
    const own = options[index];
    for (let k = 0; k < own.length; k++) {
      const option = (from + k) % own.length;
      if (keepsPair(kind, own[option], heldBy(leader), 0, travel)) return option;
    }
    return -1;
  }

  function isBroken(index: number): boolean {
    const own: Tally = { broken: 0, cost: 0, conflicts: 0 };
    weigh(index, heldBy(index), 1, own);
    return own.broken > 0;
  }

  return {
    ...{ classes: count, options, chosen, change, apply, follow, isBroken, attendance, sectionChange, enrol },
    broken: () => total.broken,
    cost: () => total.cost,
  };
}

function optionsOf({ classes, rooms, weights }: ItcProblem, index: number): ItcOption[] {
  const { times, rooms: places } = classes[index];
  return times.flatMap((time, k) => {
    const { days, weeks, start, length } = time;
    const base = { days, weeks, start, length };
    const cost = weights.time * time.penalty;
    if (places.length === 0) return [{ ...base, room: -1, choice: { time: k, room: -1 }, cost }];
    return places.flatMap(({ room, penalty }, r) =>
      rooms[room].unavailable.some((closed) => overlap(closed, time))
        ? []
        : [{ ...base, room, choice: { time: k, room: r }, cost: cost + weights.room * penalty }],
    );
  });
}

function rulesOf({ classes, distributions, weights }: ItcProblem): { links: Link[][]; groupsOf: Group[][] } {
  const links: Link[][] = classes.map(() => []);
  const groupsOf: Group[][] = classes.map(() => []);
  for (const { kind, parameters, penalty, classes: members } of distributions) {
    if (!isPairKind(kind)) {
      for (const index of members) groupsOf[index].push({ kind, parameters, penalty, classes: members });
      continue;
    }
    const shared = {
      kind,
      parameter: parameters[0] ?? 0,
      cost: penalty === null ? null : weights.distribution * penalty,
    };
    for (const [k, first] of members.entries()) {
      for (const second of members.slice(k + 1)) {
        links[first].push({ ...shared, other: second, isFirst: true });
        links[second].push({ ...shared, other: first, isFirst: false });
      }
    }
  }
  return { links, groupsOf };
}

/** What a whole plan breaks and costs, counted once for every rule. */
function wholePlan(problem: ItcProblem, options: readonly (readonly ItcOption[])[], chosen: Int32Array): Tally {
  const travel = travelBetween(problem);
  const held = options.map((own, index) => own[chosen[index]]);
  const total: Tally = { broken: 0, cost: held.reduce((sum, { cost }) => sum + cost, 0), conflicts: 0 };
  for (const [k, first] of held.entries())
    for (const second of held.slice(k + 1))
      if (first.room >= 0 && first.room === second.room && overlap(first, second)) total.broken++;
  for (const { kind, parameters, penalty, classes } of problem.distributions) {
    const members = classes.map((index) => held[index]);
    let excess = 0;
    if (isPairKind(kind)) {
      for (const [k, first] of members.entries())
        for (const second of members.slice(k + 1))
          if (!keepsPair(kind, first, second, parameters[0] ?? 0, travel)) excess++;
    } else excess = groupExcess(kind, members, parameters, problem);
    if (penalty === null) total.broken += excess;
    else {
      const cost = isPairKind(kind) ? penalty * excess : groupCost(kind, penalty, excess, problem.weeks);
      total.cost += problem.weights.distribution * cost;
    }
  }
  return total;
}
