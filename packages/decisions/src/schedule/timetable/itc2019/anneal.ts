/**
 * Simulated annealing of ITC-2019 plans: a class takes another of its times with an available room, or another room at
 * its time. The price of a broken hard rule rises while rules are broken and falls while none is: on muni-fsps-spr17 that
 * found plans at a third of the cost that a price which only rises found.
 */
import { createRandom } from '@qurriculum/random';
import type { TimetableRun } from '../search/run.ts';
import { createItcBoard, type Tally } from './board.ts';
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
/** Share of moves that are made for a class in a broken rule, where one is found. */
const REPAIRS = 0.5;
const LOOKS = 8;
/** Share of moves that take all classes of one rule along, and the rules that want classes to be alike. */
const TOGETHER = 0.03;
const FLOCKING: readonly DistributionKind[] = ['SameStart', 'SameTime', 'SameDays', 'SameWeeks', 'SameRoom', 'Overlap'];

function isFlocking(kind: DistributionKind): kind is PairKind {
  return FLOCKING.includes(kind);
}

/** Run `number` of a seed; null where some class has no time with an available room. Its plan: an option of each class. */
export function openItcRun(problem: ItcProblem, seed: number, number: number): TimetableRun | null {
  const random = createRandom(seed).fork('itc2019', number);
  const board = createItcBoard(problem, (options) => random.integer(options));
  if (!board) return null;
  const unit = Math.max(1, ...Object.values(problem.weights));
  const movable = [...board.options.keys()].filter((index) => board.options[index].length > 1);
  const flocks = problem.distributions.flatMap(({ kind, classes }) => (isFlocking(kind) ? [{ kind, classes }] : []));
  let price = LEAST_PRICE * unit;
  let before = 0;
  const best = { broken: board.broken(), cost: board.cost(), plan: board.chosen.slice() };

  /** A class at random; often one that breaks something. */
  function pickClass(): number {
    let index = random.pick(movable);
    if (board!.broken() === 0 || !random.chance(REPAIRS)) return index;
    for (let look = 0; look < LOOKS && !board!.isBroken(index); look++) index = random.pick(movable);
    return index;
  }

  function slice(share: number, moves: number): void {
    if (movable.length === 0) return;
    const cool = HOT * (COLD / HOT) ** share;
    const temperature = unit * (best.broken > 0 ? Math.max(WARM, cool) : cool);
    const drift = Math.exp(board!.broken() > 0 ? RISE * (share - before) : RISE * (before - share));
    price = Math.min(MOST_PRICE * unit, Math.max(LEAST_PRICE * unit, price * drift));
    before = share;
    for (let m = 0; m < moves; m++) {
      if (flocks.length > 0 && random.chance(TOGETHER)) moveTogether(temperature);
      else moveOne(temperature);
    }
  }

  function accepts({ broken, cost }: Readonly<Tally>, temperature: number): boolean {
    const total = cost + price * broken;
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
    const sum: Tally = { broken: 0, cost: 0 };
    const put = (index: number, option: number): void => {
      const change = board!.change(index, option);
      sum.broken += change.broken;
      sum.cost += change.cost;
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

  function compare(): void {
    const [broken, cost] = [board!.broken(), board!.cost()];
    if (broken > best.broken || (broken === best.broken && cost >= best.cost)) return;
    best.broken = broken;
    best.cost = cost;
    best.plan.set(board!.chosen);
  }

  return { sliceMoves: SLICE_MOVES, slice, best: () => best };
}

/** The choices that a plan of options stands for. */
export function itcChoices(problem: ItcProblem, plan: Int32Array): ItcChoice[] {
  const board = createItcBoard(problem, () => 0);
  return Array.from(plan, (option, index) => board!.options[index][option].choice);
}
