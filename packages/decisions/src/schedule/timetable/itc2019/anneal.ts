/**
 * Simulated annealing of ITC-2019 plans: a class takes another of its times with an available room, or another room at
 * its time; a student takes another class, or changes places with somebody where it is full. The price of a broken hard rule rises while rules are broken and falls while none is: on muni-fsps-spr17 that
 * found plans at a third of the cost that a price which only rises found.
 */
import { createRandom } from '@qurriculum/random';
import type { TimetableRun } from '../search/run.ts';
import { createItcBoard, itcOptions, type Tally } from './board.ts';
import type { DistributionKind, ItcChoice, ItcProblem, PairKind } from './problem.ts';

const SLICE_MOVES = 512;
/** Temperatures, in units of the problem's largest weight. */
const HOT = 8;
const COLD = 0.02;
/** It stays so warm, in the same unit, until a plan has been found that breaks nothing. */
const WARM = 0.5;
/** What a broken rule costs at least and at most, in the same unit; it grows and falls by this exponent per whole run. */
const LEAST_PRICE = 4;
const MOST_PRICE = 100;
const RISE = 10;
/** Share of the run after which it becomes hot again where every plan so far broke something: it is caught among required rules. */
const PATIENCE = 0.25;
/**
 * Students' conflicts weigh so much of their weight at first, and grow to all of it at this share of the run: a class with a
 * hundred students could not move otherwise before the rules are kept.
 */
const FIRST_WEIGHT = 0.1;
const FULL_WEIGHT = 0.4;
/** Share of moves that are made for a class in a broken rule, where one is found. */
const REPAIRS = 0.5;
const LOOKS = 8;
/** Share of moves that are made for a student, and of those for one with a conflict, where one is found. */
const STUDENTS = 0.25;
const UNHAPPY = 0.5;
/** Share of moves that take all classes of one rule along, and the rules that want classes to be alike. */
const TOGETHER = 0.03;
const FLOCKING: readonly DistributionKind[] = ['SameStart', 'SameTime', 'SameDays', 'SameWeeks', 'SameRoom', 'Overlap'];

const NOTHING: Readonly<Tally> = { broken: 0, cost: 0, conflicts: 0 };

function isFlocking(kind: DistributionKind): kind is PairKind {
  return FLOCKING.includes(kind);
}

/**
 * Run `number` of a seed; null where some class has no time with an available room, or some student no section. Its plan: an
 * option of each class, then the classes of all enrolments.
 */
export function openItcRun(problem: ItcProblem, seed: number, number: number): TimetableRun | null {
  const random = createRandom(seed).fork('itc2019', number);
  const board = createItcBoard(problem, (options) => random.integer(options));
  if (!board) return null;
  const unit = Math.max(1, ...Object.values(problem.weights));
  const { attendance } = board;
  const { enrolments, sections, taken } = attendance;
  const mobile = [...enrolments.keys()].filter((one) => sections.choices[enrolments[one].course].length > 0);
  const movable = [...board.options.keys()].filter((index) => board.options[index].length > 1);
  const flocks = problem.distributions.flatMap(({ kind, classes }) => (isFlocking(kind) ? [{ kind, classes }] : []));
  let price = LEAST_PRICE * unit;
  let before = 0;
  let begun = 0;
  let spared = 0;
  const best = { broken: board.broken(), cost: board.cost(), plan: Int32Array.from([...board.chosen, ...taken]) };

  /** A class at random; often one that breaks something. */
  function pickClass(): number {
    let index = random.pick(movable);
    if (board!.broken() === 0 || !random.chance(REPAIRS)) return index;
    for (let look = 0; look < LOOKS && !board!.isBroken(index); look++) index = random.pick(movable);
    return index;
  }

  function slice(share: number, moves: number): void {
    if (movable.length + mobile.length === 0) return;
    if (best.broken > 0 && share - begun > PATIENCE) {
      begun = share;
      price = LEAST_PRICE * unit;
    }
    const phase = (share - begun) / (1 - begun);
    spared = problem.weights.student * (1 - Math.min(1, FIRST_WEIGHT ** (1 - phase / FULL_WEIGHT)));
    const cool = HOT * (COLD / HOT) ** phase;
    const temperature = unit * (best.broken > 0 ? Math.max(WARM, cool) : cool);
    const drift = Math.exp(board!.broken() > 0 ? RISE * (share - before) : RISE * (before - share));
    price = Math.min(MOST_PRICE * unit, Math.max(LEAST_PRICE * unit, price * drift));
    before = share;
    for (let m = 0; m < moves; m++) {
      if (mobile.length > 0 && (movable.length === 0 || random.chance(STUDENTS))) moveStudent(temperature);
      else if (flocks.length > 0 && random.chance(TOGETHER)) moveTogether(temperature);
      else moveOne(temperature);
    }
  }

  function accepts({ broken, cost, conflicts }: Readonly<Tally>, temperature: number): boolean {
    const total = cost - spared * conflicts + price * broken;
    return total <= 0 || random.next() < Math.exp(-total / temperature);
  }

  function moveOne(temperature: number): void {
    const index = pickClass();
    const count = board!.options[index].length;
    const option = (board!.chosen[index] + 1 + random.integer(count - 1)) % count;
    const change = board!.change(index, option);
    if (!accepts(change, temperature)) return;
    board!.apply(index, option, change);
    compare();
  }

  /** A class takes an option, and the others of one of its rules follow where they find one that keeps the rule. */
  function moveTogether(temperature: number): void {
    const flock = random.pick(flocks);
    const before = flock.classes.map((index) => board!.chosen[index]);
    const sum: Tally = { broken: 0, cost: 0, conflicts: 0 };
    const put = (index: number, option: number): void => {
      const change = board!.change(index, option);
      sum.broken += change.broken;
      sum.cost += change.cost;
      sum.conflicts += change.conflicts;
      board!.apply(index, option, change);
    };
    const leader = random.pick(flock.classes);
    put(leader, random.integer(board!.options[leader].length));
    for (const index of flock.classes) {
      if (index === leader) continue;
      const option = board!.follow(index, leader, flock.kind, random.integer(board!.options[index].length));
      if (option >= 0 && option !== board!.chosen[index]) put(index, option);
    }
    if (accepts(sum, temperature)) compare();
    else for (const [k, index] of flock.classes.entries()) put(index, before[k]);
  }

  function moveStudent(temperature: number): void {
    let enrolment = random.pick(mobile);
    if (random.chance(UNHAPPY)) {
      for (let look = 0; look < LOOKS && !attendance.isInConflict(enrolment); look++) enrolment = random.pick(mobile);
    }
    const wanted = random.pick(sections.choices[enrolments[enrolment].course]);
    const present = attendance.sectionOf(enrolment);
    if (present.includes(wanted)) return;
    if (attendance.isFull(wanted)) {
      const { members } = attendance;
      if (members[wanted].length > 0) exchange(enrolment, random.pick(members[wanted]), temperature);
      return;
    }
    const rank = (index: number): number => (present.includes(index) ? 0 : attendance.isFull(index) ? 2 : 1);
    const section = sections.withClass(wanted, rank);
    if (section === null) return;
    const change = board!.sectionChange(enrolment, section);
    if (!accepts(change, temperature)) return;
    board!.enrol(enrolment, section, change);
    compare();
  }

  /** Two students of one course change places: no class has more or fewer. */
  function exchange(first: number, second: number, temperature: number): void {
    const [one, other] = [attendance.sectionOf(first), attendance.sectionOf(second)];
    const conflicts = attendance.conflictChange(first, other) + attendance.conflictChange(second, one);
    const change = { broken: 0, cost: problem.weights.student * conflicts, conflicts };
    if (!accepts(change, temperature)) return;
    board!.enrol(first, other, change);
    board!.enrol(second, one, NOTHING);
    compare();
  }

  function compare(): void {
    const [broken, cost] = [board!.broken(), board!.cost()];
    if (broken > best.broken || (broken === best.broken && cost >= best.cost)) return;
    best.broken = broken;
    best.cost = cost;
    best.plan.set(board!.chosen);
    best.plan.set(taken, board!.classes);
  }

  return { sliceMoves: SLICE_MOVES, slice, best: () => best };
}

/** The choices that a run's plan stands for. */
export function itcChoices(problem: ItcProblem, plan: Int32Array): ItcChoice[] {
  return itcOptions(problem).map((options, index) => options[plan[index]].choice);
}
