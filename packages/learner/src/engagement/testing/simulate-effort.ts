/** Learners who try, guess or drift off by known rules, with response times, pauses, hints and self-reports to show for it. */
import type { Random } from '@qurriculum/random';
import { type InteractionRow, tableFromRows } from '../../interactions-builder.ts';

export interface EffortOptions {
  readonly learners: number;
  readonly answers: number;
  /** Share of the learners who guess or drift off at times; the others always try. */
  readonly disengaged: number;
  /** Columns to leave out. */
  readonly without?: readonly ('duration' | 'hints' | 'selfReport' | 'time')[];
}

/** P(right | guessing), median seconds of a guess, P(next | now) of staying in a state: what a fit should find. */
export const truth = { chance: 0.2, guessSeconds: 1.2, engagedDeviation: 0.5, stayGuessing: 0.8, stayEngaged: 0.92 };

/** 0 engaged, 1 guessing, 2 away: for each row of the table. */
export function simulateEffort(random: Random, { learners, answers, disengaged, without = [] }: EffortOptions) {
  const rows: InteractionRow[] = [];
  const states: number[] = [];
  const items = Array.from({ length: 30 }, (_, k) => ({
    name: `item ${k}`,
    log: 3 + 0.4 * random.normal(),
    skill: k % 3,
  }));
  for (let l = 0; l < learners; l++) {
    const strays = random.chance(disengaged);
    const pace = 0.25 * random.normal();
    const known = [0, 1, 2].map(() => random.chance(0.4));
    let state = 0;
    let time = 1e9 + 1e6 * l;
    for (let k = 0; k < answers; k++) {
      if (strays) state = nextState(random, state);
      const item = random.pick(items);
      const right = state === 1 ? truth.chance : known[item.skill] ? 0.9 : 0.2;
      if (state !== 1 && random.chance(0.08)) known[item.skill] = true;
      const usual = item.log + pace + truth.engagedDeviation * random.normal();
      const guess = Math.log(truth.guessSeconds) + 0.4 * random.normal();
      const duration = Math.exp(state === 1 ? guess : usual + (state === 2 ? 1.8 : 0));
      time += duration + (state === 2 ? 30 + 900 * random.next() ** 2 : 2 + 6 * random.next());
      states.push(state);
      const said = state === 0 ? random.pick([1, 1, 0.5]) : random.pick([0, 0, 0.5]);
      rows.push({
        ...{ learner: `${l}`, item: item.name, skills: [`skill ${item.skill}`], correct: random.chance(right) },
        ...(without.includes('time') ? {} : { time }),
        ...(without.includes('duration') ? {} : { duration }),
        ...(without.includes('hints')
          ? {}
          : { hints: state === 1 && random.chance(0.4) ? 3 : Number(random.chance(0.2)) }),
        ...(without.includes('selfReport') || !random.chance(0.1) ? {} : { selfReport: said }),
      });
    }
  }
  // The builder keeps the order of rows: learner by learner, in time.
  return { table: tableFromRows(rows), states };
}

function nextState(random: Random, state: number): number {
  const u = random.next();
  if (state === 0) return u < truth.stayEngaged ? 0 : u < truth.stayEngaged + 0.06 ? 1 : 2;
  if (state === 1) return u < truth.stayGuessing ? 1 : u < 0.97 ? 0 : 2;
  return u < 0.6 ? 2 : u < 0.95 ? 0 : 1;
}
