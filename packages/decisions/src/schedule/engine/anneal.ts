/**
 * Annealing over ejection chains (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983) in legs: the first from the start
 * at hand, each later one from the best so far, warmed up again. What happens depends on the seed and on the number of
 * chains alone, so that stopping anywhere gives the best of a prefix.
 */
import type { Random } from '@qurriculum/random';
import type { ScheduleChoice } from '../model.ts';
import type { SchedulePrices } from './bound.ts';
import { chooseCandidates } from './candidates.ts';
import { type Chains, createChains } from './chain-books.ts';
import { beginChain, changeRoom, forceOption, placeOption, runChain, settle } from './chains.ts';
import type { ScheduleLayout } from './layout.ts';
import { choiceOf, createState, remove, type SearchState, undo } from './state.ts';

export interface Annealer {
  /** Does so many chains. */
  run(chains: number): void;
  /** Chains done. */
  chains(): number;
  /** The best so far: its value counts a penalty for every pin and least load that is not met. */
  best(): { readonly value: number; readonly missing: number; readonly choice: ScheduleChoice };
  /** The best of each leg that has ended since the last call. */
  ended(): ScheduleChoice[];
  /** Takes a choice of somebody else as the best, if it is. */
  offer(choice: ScheduleChoice): void;
}

export interface AnnealSettings {
  /** Candidates of each request. */
  readonly candidates: number;
  /**
   * Temperatures, as shares of the scale of the layout: the first of the first leg from nothing, of the first leg from a
   * plan that was given, of every later leg, and the last of every leg.
   */
  readonly hot: number;
  readonly given: number;
  readonly warm: number;
  readonly cold: number;
  /** The first temperature of every leg where rules couple people whom prices do not reach. */
  readonly coupled: number;
  /** Chains of the first leg per learner, short for an answer soon; legs grow by `growth` up to `longestLeg` chains. */
  readonly firstLeg: number;
  readonly growth: number;
  readonly longestLeg: number;
  /** Every leg begins from nothing, hot, and is as long as the first: for plans that differ. */
  readonly fresh: boolean;
  /** One chain in so many takes the best option even where prices say that none is worth it. */
  readonly boldEvery: number;
}

/** Found on the tutoring instances of `scheduling/tutoring`: bench/tutoring.bench.ts. */
export const annealSettings: AnnealSettings = {
  candidates: 15,
  hot: 1 / 18,
  given: 1 / 72,
  warm: 1 / 12,
  cold: 1 / 120,
  coupled: 1 / 3,
  firstLeg: 400,
  growth: 12.5,
  longestLeg: 2.5e6,
  fresh: false,
  boldEvery: 4,
};

/** For plans that are merged: many soon rather than one that is better by a little. */
export const freshSettings: AnnealSettings = { ...annealSettings, fresh: true };

/** Noise of scores never falls below this share of the scale. */
const LEAST_NOISE = 1 / 36;
/** The same for bold chains where prices do not tell everything. */
const BOLD_NOISE = 1 / 2;
/** One chain in so many begins with another room for a session. */
const ROOM_EVERY = 8;
/**
 * Where rules couple people whom prices do not reach, one chain in so many is followed by another before both are judged:
 * what one gives up for a pin or a least load, another may make good.
 */
const DOUBLE_EVERY = 4;
/** There, too, one chain in so many begins with any option by lot. */
const FORCE_EVERY = 8;
/** Chains at one temperature. */
const COOL_EVERY = 16;
/** One chain in so many looks at all options, not at the candidates alone. */
const WIDE_EVERY = 256;

/** Starts from a choice (what of it can be kept) or from the options that are worth most. */
export function createAnnealer(
  layout: ScheduleLayout,
  prices: SchedulePrices,
  random: Random,
  initial: ScheduleChoice | undefined,
  settings: AnnealSettings = annealSettings,
): Annealer {
  const state = createState(layout);
  const narrow = chooseCandidates(layout, prices, settings.candidates);
  const wide = chooseCandidates(layout, prices, Number.POSITIVE_INFINITY);
  const narrowChains = createChains(state, narrow, random);
  const wideChains = createChains(state, wide, random);
  const active = activeLearners(layout);
  let done = 0;
  let leg = 0;
  let legStart = 0;
  let legLength = Math.max(1, settings.firstLeg * active.length);
  let temperature = 0;
  const nothing = { value: Number.NEGATIVE_INFINITY, missing: 0, choice: NOTHING };
  let best = nothing;
  let bestOfLeg = nothing;
  let ended: ScheduleChoice[] = [];

  const keep = (): void => {
    const { value, missing } = state;
    if (!isAbove(value, bestOfLeg.value)) return;
    bestOfLeg = { value, missing, choice: choiceOf(state) };
    if (isAbove(value, best.value)) best = bestOfLeg;
  };

  const startLeg = (): void => {
    leg++;
    legStart = done;
    ended.push(bestOfLeg.choice);
    if (settings.fresh) {
      bestOfLeg = nothing;
      load(narrowChains, NOTHING);
      settle(wideChains, active);
      keep();
    } else {
      legLength = Math.min(settings.longestLeg, Math.ceil(legLength * settings.growth));
      load(narrowChains, best.choice);
      // What the leg has found is a better one only.
      bestOfLeg = best;
    }
  };

  const cool = (): void => {
    const later = settings.fresh ? settings.hot : settings.warm;
    const ofLeg = leg > 0 ? later : initial ? settings.given : settings.hot;
    const first = layout.coupled ? settings.coupled : ofLeg;
    temperature = layout.scale * first * (settings.cold / first) ** ((done - legStart) / legLength);
  };

  function step(chain: number): void {
    const c = chain % WIDE_EVERY === WIDE_EVERY - 1 ? wideChains : narrowChains;
    const value = state.value;
    if (active.length === 0) return;
    beginChain(c);
    const bold = layout.coupled ? chain % 2 === 1 : chain % settings.boldEvery === 0;
    c.floor = bold ? Number.NEGATIVE_INFINITY : 0;
    c.noise = Math.max((bold && layout.coupled ? BOLD_NOISE : LEAST_NOISE) * layout.scale, temperature);
    const learner = active[random.nextUint32() % active.length];
    if (layout.model.rooms !== null && chain % ROOM_EVERY === 1) changeRoom(c, learner);
    let whole =
      layout.coupled && chain % FORCE_EVERY === 3
        ? forceOption(c, random.integer(layout.optionCell.length))
        : runChain(c, learner);
    if (whole && layout.coupled && chain % DOUBLE_EVERY === 2)
      whole = runChain(c, active[random.nextUint32() % active.length]);
    const change = state.value - value;
    if (!whole || (change < 0 && random.next() >= Math.exp(change / temperature))) undo(state, value);
    else if (state.value > bestOfLeg.value) keep();
  }

  if (initial) {
    load(narrowChains, initial);
    // Filling up goes by prices and may lose something.
    keep();
  }
  settle(wideChains, active);
  keep();
  return {
    run(chains) {
      for (let k = 0; k < chains; k++, done++) {
        if (done - legStart >= legLength) startLeg();
        if ((done - legStart) % COOL_EVERY === 0) cool();
        step(done);
      }
    },
    chains: () => done,
    best: () => best,
    ended() {
      const plans = ended;
      ended = [];
      return plans;
    },
    offer(choice) {
      load(narrowChains, choice);
      keep();
    },
  };
}

/** By more than rounding. */
function isAbove(value: number, other: number): boolean {
  return other === Number.NEGATIVE_INFINITY || value > other + 1e-9 * Math.abs(other);
}

const NOTHING: ScheduleChoice = { options: new Int32Array(0), rooms: new Int32Array(0) };

/** Learners who have an option. */
function activeLearners({ model, optionLearner }: ScheduleLayout): Int32Array {
  const has = new Uint8Array(model.learners);
  for (const learner of optionLearner) has[learner] = 1;
  return Int32Array.from(has.keys()).filter((learner) => has[learner] === 1);
}

/** Empties the state and puts a choice into it, as far as hard rules allow. */
function load(c: Chains, choice: ScheduleChoice): void {
  const { state } = c;
  empty(state);
  choice.options.forEach((option, k) => {
    placeOption(c, option, choice.rooms[k]);
  });
  state.logLength = 0;
}

function empty(state: SearchState): void {
  for (let l = 0; l < state.chosenCount.length; l++) {
    while (state.chosenCount[l] > 0) {
      state.logLength = 0;
      remove(state, state.chosen[state.chosenStart[l] + state.chosenCount[l] - 1]);
    }
  }
}
