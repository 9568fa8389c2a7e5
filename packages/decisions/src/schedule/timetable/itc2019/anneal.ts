/**
 * Simulated annealing of ITC-2019 plans: a class takes another of its times with an available room, or another room at
 * its time. The price of a broken hard rule rises while rules are broken and falls while none is: on muni-fsps-spr17 that
 * found plans at a third of the cost that a price which only rises found.
 */
import { createRandom } from '@qurriculum/random';
import type { TimetableRun } from '../search/run.ts';
import { createItcBoard } from './board.ts';
import type { ItcChoice, ItcProblem } from './problem.ts';

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

/** Run `number` of a seed; null where some class has no time with an available room. Its plan: an option of each class. */
export function openItcRun(problem: ItcProblem, seed: number, number: number): TimetableRun | null {
  const random = createRandom(seed).fork('itc2019', number);
  const board = createItcBoard(problem, (options) => random.integer(options));
  if (!board) return null;
  const unit = Math.max(1, ...Object.values(problem.weights));
  const movable = [...board.options.keys()].filter((index) => board.options[index].length > 1);
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
      const index = pickClass();
      const own = board!.chosen[index];
      const step = 1 + random.integer(board!.options[index].length - 1);
      const option = (own + step) % board!.options[index].length;
      const change = board!.change(index, option);
      const total = change.cost + price * change.broken;
      if (total > 0 && random.next() >= Math.exp(-total / temperature)) continue;
      board!.apply(index, option, change);
      const [broken, cost] = [board!.broken(), board!.cost()];
      if (broken > best.broken || (broken === best.broken && cost >= best.cost)) continue;
      best.broken = broken;
      best.cost = cost;
      best.plan.set(board!.chosen);
    }
  }
  return { sliceMoves: SLICE_MOVES, slice, best: () => best };
}

/** The choices that a plan of options stands for. */
export function itcChoices(problem: ItcProblem, plan: Int32Array): ItcChoice[] {
  const board = createItcBoard(problem, () => 0);
  return Array.from(plan, (option, index) => board!.options[index][option].choice);
}
