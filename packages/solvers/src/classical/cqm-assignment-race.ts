/**
 * Searches of assignments raced against each other. Where a search begins decides how far it comes for a long time, and
 * what it has found after some thousand neighbourhoods tells (decision 0029): successive halving (Jamieson and Talwalkar,
 * "Non-stochastic best arm identification and hyperparameter optimization", AISTATS 2016) over searches from starts of
 * their own. The first has a head start, for who has little time; then three more run a heat; then the best go on.
 */
import type { Random } from '@qurriculum/random';
import type { AssignmentModel } from './cqm-assignment.ts';
import type { AssignmentPrices } from './cqm-assignment-prices.ts';
import { type AssignmentSearch, createAssignmentSearch } from './cqm-assignment-search.ts';

const SEARCHES = 4;
/** Neighbourhoods after which searches are compared; the better half and the first do as many again. */
const HEAT = 2500;

export interface AssignmentRace extends AssignmentSearch {
  /** Whether another search is to enter before the next step. */
  wantsStart(): boolean;
  /** A search enters from options that fit. */
  enter(start: Int32Array): void;
}

interface Runner {
  readonly search: AssignmentSearch;
  done: number;
  /** Its best cost after HEAT neighbourhoods. */
  afterHeat: number;
}

/** One step is one neighbourhood of the search whose turn it is. Same random stream and starts, same sequence. */
export function createAssignmentRace(
  model: AssignmentModel,
  prices: AssignmentPrices,
  start: Int32Array,
  random: Random,
): AssignmentRace {
  const runners: Runner[] = [];
  function enter(from: Int32Array): Runner {
    // The first draws what it would alone.
    const own = runners.length === 0 ? random : random.fork('search', runners.length);
    const search = createAssignmentSearch(model, prices, from, own);
    const runner = { search, done: 0, afterHeat: Number.POSITIVE_INFINITY };
    runners.push(runner);
    return runner;
  }
  let running = enter(start);
  let best = running;
  let until = 2 * HEAT;

  function takeTurns(): void {
    const better = runners.toSorted((a, b) => a.afterHeat - b.afterHeat).slice(0, SEARCHES / 2);
    const behind = better.find(({ done }) => done < 2 * HEAT);
    running = behind ?? best;
    until = behind ? 2 * HEAT : Number.POSITIVE_INFINITY;
  }

  const keepBest = (): void => {
    if (running.search.bestCost() < best.search.bestCost()) best = running;
  };
  return {
    get best() {
      return best.search.best;
    },
    bestCost: () => best.search.bestCost(),
    nodes: () => runners.reduce((sum, { search }) => sum + search.nodes(), 0),
    wantsStart: () => running.done === until && runners.length < SEARCHES,
    enter(from) {
      running = enter(from);
      until = HEAT;
      keepBest();
    },
    step() {
      if (running.done === until) takeTurns();
      running.search.step();
      if (++running.done === HEAT) running.afterHeat = running.search.bestCost();
      keepBest();
    },
  };
}
