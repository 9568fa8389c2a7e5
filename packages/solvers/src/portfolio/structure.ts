/** What a problem looks like, as far as it decides which solvers are worth their time on it. */
import type { Problem } from '@qurriculum/problems';
import { assignmentOf } from '../classical/cqm-assignment.ts';

export type Structure =
  /** Few enough for all assignments to be tried. */
  | 'tiny'
  /** Models without rows: most pairs are there, many are, few are. */
  | 'dense'
  | 'medium'
  | 'sparse'
  | 'large sparse'
  /** Everything gets one place within capacities. */
  | 'assignment'
  /** Rows on binaries, or with integers. */
  | 'binary rows'
  | 'integer rows';

/** 2^24 states take some fifty milliseconds. */
const TINY = 24;
/** Shares of all pairs that are there. */
const DENSE = 0.3;
const MEDIUM = 0.03;
/** However small the share, a variable with so few neighbours makes a sparse model. */
const FEW_NEIGHBOURS = 12;

/** Above so many variables a ladder of temperatures takes longer than a deadline to mix. */
const LARGE = 1000;

export function structureOf(problem: Problem): Structure {
  const size = problem.variables.length;
  if (problem.type === 'cqm') {
    if (problem.variables.some(({ kind }) => kind !== 'BINARY')) return 'integer rows';
    if (size <= TINY) return 'tiny';
    return typeof assignmentOf(problem) === 'string' ? 'binary rows' : 'assignment';
  }
  if (size <= TINY) return 'tiny';
  const neighbours = problem.bias.length / size;
  const density = neighbours / (size - 1);
  if (density >= DENSE) return 'dense';
  if (density >= MEDIUM && neighbours > FEW_NEIGHBOURS) return 'medium';
  return size > LARGE ? 'large sparse' : 'sparse';
}
