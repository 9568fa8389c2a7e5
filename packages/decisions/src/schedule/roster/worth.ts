/** What one option more or less changes in the objective of `ScheduleModel`, term by term, from running totals. */
import type { ScheduleModel } from '../model.ts';

export interface Worth {
  /** The objective with the option minus without; the option must not be in. */
  added(option: number): number;
  /** Keeps the totals: called when an option goes in (before the lists change) or has gone out (after they did). */
  change(option: number, sign: 1 | -1): void;
}

interface Books {
  readonly requestOf: Int32Array;
  readonly ofLearner: readonly (readonly number[])[];
  readonly ofTutor: readonly (readonly number[])[];
  inCell(tutor: number, slot: number): readonly number[];
}

export function createWorth(model: ScheduleModel, books: Books): Worth {
  const { optionTutor, optionSlot, requestLearner, wanted, learnerGroup, groups } = model;
  const able = new Uint8Array(model.tutors);
  for (const tutor of optionTutor) able[tutor] = 1;
  const wantedAll = wanted.reduce((sum, count) => sum + count, 0);
  const wantedOf = new Float64Array(groups);
  wanted.forEach((count, learner) => {
    if (learnerGroup[learner] >= 0) wantedOf[learnerGroup[learner]] += count;
  });
  const metOf = new Float64Array(groups);
  let metAll = 0;

  const unevenAccess = (): number => {
    let sum = 0;
    for (let g = 0; g < groups; g++) {
      if (wantedOf[g] > 0) sum += wantedOf[g] * (metOf[g] / wantedOf[g] - metAll / wantedAll) ** 2;
    }
    return sum;
  };
  const count = (learner: number, sign: 1 | -1): void => {
    metAll += sign;
    if (learnerGroup[learner] >= 0) metOf[learnerGroup[learner]] += sign;
  };
  const accessAdded = (learner: number): number => {
    if (model.access === 0) return 0;
    const before = unevenAccess();
    count(learner, 1);
    const after = unevenAccess();
    count(learner, -1);
    return model.access * (before - after);
  };

  const unevenLoad = (tutor: number, more: number): number => {
    let [most, least, sum, squares, number] = [0, Number.POSITIVE_INFINITY, 0, 0, 0];
    for (let t = 0; t < model.tutors; t++) {
      if (able[t] === 0) continue;
      const load = books.ofTutor[t].length + (t === tutor ? more : 0);
      most = Math.max(most, load);
      least = Math.min(least, load);
      sum += load;
      squares += load * load;
      number++;
    }
    return model.loadFairness === 'range' ? most - least : squares - sum ** 2 / number;
  };

  return {
    change: (option, sign) => count(requestLearner[books.requestOf[option]], sign),
    added(option) {
      const [tutor, slot] = [optionTutor[option], optionSlot[option]];
      const learner = requestLearner[books.requestOf[option]];
      const members = books.inCell(tutor, slot);
      const own = books.ofLearner[learner];
      const gains = members.reduce((sum, other) => sum + model.optionGain[other], 0);
      // A group larger than allowed is valued by the last share, as the judge does.
      const share = (k: number): number => model.share[Math.min(k, model.share.length - 1)];
      let value = share(members.length + 1) * (gains + model.optionGain[option]);
      if (members.length > 0) value -= share(members.length) * gains;
      value += model.optionBonus[option];
      if (members.length === 0) {
        value -= model.cellCost[tutor];
        if (model.load !== 0) value += model.load * (unevenLoad(tutor, 0) - unevenLoad(tutor, 1));
      }
      if (wanted[learner] >= 2 && !own.some((other) => optionTutor[other] === tutor)) value -= model.continuity;
      value -= model.spread * own.filter((other) => model.slotDay[optionSlot[other]] === model.slotDay[slot]).length;
      return value + accessAdded(learner);
    },
  };
}
