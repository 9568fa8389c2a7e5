/** Tutoring instances of `scheduling/tutoring` (definition in BEST_KNOWN.md there) as the engine's model. */
import type { ScheduleModel } from '@qurriculum/decisions';

export interface TutoringFile {
  readonly name: string;
  readonly learners: readonly {
    readonly skill: number;
    /** '1' at each slot that suits. */
    readonly slots: string;
    readonly need: number;
    readonly prio: number;
    /** With each tutor. */
    readonly fit: readonly number[];
  }[];
  readonly tutors: readonly {
    readonly skills: readonly number[];
    readonly slots: string;
    readonly max: number;
    readonly cost: number;
  }[];
  readonly slotCount: number;
  readonly skillCount: number;
  readonly disruptions: readonly Disruption[];
}

export interface Disruption {
  readonly t: 'learnerSlotLost' | 'tutorSlotLost' | 'tutorSick' | 'learnerNeedsExtra';
  readonly learner?: number;
  readonly tutor?: number;
  readonly slot?: number;
}

export function applyDisruption(file: TutoringFile, { t, learner, tutor, slot = -1 }: Disruption): TutoringFile {
  const without = (slots: string): string => `${slots.slice(0, slot)}0${slots.slice(slot + 1)}`;
  return {
    ...file,
    learners: file.learners.map((one, l) => {
      if (l !== learner) return one;
      if (t === 'learnerNeedsExtra') return { ...one, need: one.need + 1 };
      return { ...one, slots: without(one.slots) };
    }),
    tutors: file.tutors.map((one, k) => {
      if (k !== tutor) return one;
      return { ...one, slots: t === 'tutorSick' ? '0'.repeat(file.slotCount) : without(one.slots) };
    }),
  };
}

export function tutoringModel({ learners, tutors, slotCount, skillCount }: TutoringFile): ScheduleModel {
  const optionStart = [0];
  const [optionTutor, optionSlot, optionGain]: number[][] = [[], [], []];
  for (const learner of learners) {
    tutors.forEach((tutor, t) => {
      if (!tutor.skills.includes(learner.skill)) return;
      for (let slot = 0; slot < slotCount; slot++) {
        if (learner.slots[slot] !== '1' || tutor.slots[slot] !== '1') continue;
        optionTutor.push(t);
        optionSlot.push(slot);
        optionGain.push(learner.prio * (10 + learner.fit[t]));
      }
    });
    optionStart.push(optionTutor.length);
  }
  const need = Int32Array.from(learners, (learner) => learner.need);
  const unlimited = 2 ** 31 - 1;
  return {
    learners: learners.length,
    tutors: tutors.length,
    slots: slotCount,
    requestLearner: Int32Array.from(learners.keys()),
    requestMost: need,
    requestLeast: new Int32Array(learners.length),
    requestSkill: Int32Array.from(learners, ({ skill }) => skill),
    requestLevel: new Float64Array(learners.length).fill(Number.NaN),
    optionStart: Int32Array.from(optionStart),
    optionTutor: Int32Array.from(optionTutor),
    optionSlot: Int32Array.from(optionSlot),
    optionGain: Float64Array.from(optionGain),
    optionBonus: new Float64Array(optionGain.length),
    wanted: need,
    alone: new Uint8Array(learners.length),
    learnerGroup: new Int32Array(learners.length).fill(-1),
    groups: 0,
    apartStart: new Int32Array(learners.length + 1),
    apart: new Int32Array(0),
    tutorMost: Int32Array.from(tutors, ({ max }) => max),
    tutorLeast: new Int32Array(tutors.length),
    cellCost: Float64Array.from(tutors, ({ cost }) => 2 * cost),
    tutorGroup: new Int32Array(tutors.length).fill(1),
    share: Float64Array.of(0, 1),
    levelWidth: 1,
    slotDay: new Int32Array(slotCount),
    slotWeek: new Int32Array(slotCount),
    days: 1,
    weeks: 1,
    nearStart: new Int32Array(slotCount + 1),
    near: new Int32Array(0),
    nearMinutes: new Float64Array(0),
    mostPerDay: unlimited,
    mostPerWeek: unlimited,
    rooms: null,
    resourceQuantity: new Int32Array(0),
    skillResources: new Int32Array(skillCount),
    continuity: 6,
    spread: 0,
    load: 3,
    loadFairness: 'range',
    access: 0,
  };
}
