/**
 * Simulated annealing of ITC-2019 plans: a class takes another of its times with an available room, or another room at
 * its time. Each unit of a broken hard rule costs a weight that grows while the plan stays broken and the search cools.
 */
import { createRandom } from '@qurriculum/random';
import type { TimetableRun } from '../search/run.ts';
import { createItcBoard } from './board.ts';
import type { ItcChoice, ItcProblem } from './problem.ts';

const SLICE_MOVES = 512;
/** Temperatures, as shares of the largest weight of the problem. */
const HOT = 2;
const COLD = 0.02;
/** What a broken rule costs at first, in the same unit, and how it grows with every slice that ends broken. */
const BROKEN = 4;
const GROWTH = 1.002;
/** Share of moves that are made for a class in a broken rule, where one is found. */
const REPAIRS = 0.5;
const LOOKS = 8;

/** Run `number` of a seed; null where some class has no time with an available room. Its plan: an option of each class. */
export function openItcRun(problem: ItcProblem, seed: number, number: number): TimetableRun | null {
  const random = createRandom(seed).fork('itc2019', number);
  const board = createItcBoard(problem, (options) => random.integer(options));
  if (!board) return null;
  const unit = Math.max(1, ...Object.values(problem.weights));
  const movable = [...board.options.keys()].filter((index) => board.options[index].length > 1);
  let weight = BROKEN * unit;
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
    const temperature = unit * HOT * (COLD / HOT) ** share;
    for (let m = 0; m < moves; m++) {
      const index = pickClass();
      const own = board!.chosen[index];
      const step = 1 + random.integer(board!.options[index].length - 1);
      const option = (own + step) % board!.options[index].length;
      const change = board!.change(index, option);
      const price = change.cost + weight * change.broken;
      if (price > 0 && random.next() >= Math.exp(-price / temperature)) continue;
      board!.apply(index, option, change);
      const [broken, cost] = [board!.broken(), board!.cost()];
      if (broken > best.broken || (broken === best.broken && cost >= best.cost)) continue;
      best.broken = broken;
      best.cost = cost;
      best.plan.set(board!.chosen);
    }
    weight = board!.broken() > 0 ? weight * GROWTH : Math.max(BROKEN * unit, weight / GROWTH);
  }
  return { sliceMoves: SLICE_MOVES, slice, best: () => best };
}

/** The choices that a plan of options stands for. */
export function itcChoices(problem: ItcProblem, plan: Int32Array): ItcChoice[] {
  const board = createItcBoard(problem, () => 0);
  return Array.from(plan, (option, index) => board!.options[index][option].choice);
}
