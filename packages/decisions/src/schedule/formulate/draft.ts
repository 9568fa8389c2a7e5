/** A constrained model while it is written, each variable with the way to read its value off a choice of sessions. */
import {
  binary,
  type ConstrainedQuadraticModel,
  type ConstraintInput,
  type CqmVariable,
  createCqm,
  integer,
} from '@qurriculum/problems';
import type { CompiledSchedule } from '../compile/compile.ts';
import type { ScheduleChoice, ScheduleModel } from '../model.ts';

/** A choice, as auxiliary variables read it. */
export interface ChoiceView {
  has(option: number): boolean;
  /** Room of a cell (tutor * slots + slot), or -1. */
  roomOf(cell: number): number;
}

export type Terms = readonly (readonly [variable: number, coefficient: number])[];

export interface Draft {
  readonly compiled: CompiledSchedule;
  readonly model: ScheduleModel;
  /** Options of each cell that has some, in order. */
  readonly cells: ReadonlyMap<number, readonly number[]>;
  readonly requestOf: Int32Array;
  /** Adds a variable; `value` reads it off a choice. Answers its index. */
  binary(name: string, value: (view: ChoiceView) => boolean): number;
  integer(name: string, upper: number, value: (view: ChoiceView) => number): number;
  row(name: string, terms: Terms, sense: ConstraintInput['sense'], rhs: number): void;
  /** Adds to the objective, which is minimised. */
  cost(variable: number, coefficient: number): void;
  pair(first: number, second: number, coefficient: number): void;
  problem(): ConstrainedQuadraticModel;
  valuesOf(choice: ScheduleChoice): Int32Array;
}

/** A draft whose first variables are the options, in order. */
export function createDraft(compiled: CompiledSchedule): Draft {
  const { model, sessionOf } = compiled;
  const variables: CqmVariable[] = [];
  const readers: ((view: ChoiceView) => number)[] = [];
  const linear: number[] = [];
  const quadratic: [number, number, number][] = [];
  const rows: ConstraintInput[] = [];
  const names = new Map<string, number>();
  const cells = new Map<number, number[]>();
  const requestOf = new Int32Array(model.optionTutor.length);
  for (let r = 0; r < model.requestMost.length; r++) {
    requestOf.fill(r, model.optionStart[r], model.optionStart[r + 1]);
  }
  /** Names are for people, and unique: two pins of one need differ in nothing else. */
  const unique = (name: string): string => {
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  };
  const add = (variable: CqmVariable, reader: (view: ChoiceView) => number): number => {
    linear.push(0);
    readers.push(reader);
    return variables.push(variable) - 1;
  };
  const draft: Draft = {
    ...{ compiled, model, cells, requestOf },
    binary: (name, value) => add(binary(unique(name)), (view) => Number(value(view))),
    integer: (name, upper, value) => add(integer(unique(name), 0, upper), value),
    row: (name, terms, sense, rhs) => void rows.push({ name: unique(name), terms, sense, rhs }),
    cost(variable, coefficient) {
      linear[variable] += coefficient;
    },
    pair: (first, second, coefficient) => void quadratic.push([first, second, coefficient]),
    problem: () => createCqm({ variables, linear, quadratic, constraints: rows }),
    valuesOf(choice) {
      const chosen = new Set(choice.options);
      const cellOf = (option: number): number => model.optionTutor[option] * model.slots + model.optionSlot[option];
      const rooms = new Map(Array.from(choice.options, (option, k) => [cellOf(option), choice.rooms[k]]));
      const view: ChoiceView = { has: (option) => chosen.has(option), roomOf: (cell) => rooms.get(cell) ?? -1 };
      return Int32Array.from(readers, (read) => read(view));
    },
  };
  for (let option = 0; option < model.optionTutor.length; option++) {
    const { learner, skill, tutor, slot } = sessionOf(option, -1);
    draft.binary(`${learner}: ${skill} with ${tutor} in ${slot}`, (view) => view.has(option));
    const cell = model.optionTutor[option] * model.slots + model.optionSlot[option];
    const found = cells.get(cell);
    if (found) found.push(option);
    else cells.set(cell, [option]);
  }
  return draft;
}
