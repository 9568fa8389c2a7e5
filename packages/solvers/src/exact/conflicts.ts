/**
 * Which constraints of an infeasible model clash: a smallest set that cannot be kept together, in the sense that without
 * any one of them the others could (an irreducible infeasible subsystem), by QuickXplain (Junker, AAAI 2004): halves are
 * tried first, so that k clashing constraints out of m take about 2k log(m / k) solves.
 */
import { type ConstrainedQuadraticModel, type Constraint, createCqm, type Solver } from '@qurriculum/problems';

export interface ConflictOptions {
  /** Seconds for each solve, five times that for the first, of all rows. A solve that proves nothing counts as "can be kept": the set is then not the smallest. */
  readonly secondsEach?: number;
  readonly signal?: AbortSignal;
}

// A busy machine may take seconds to start the solver's thread alone.
const SECONDS_EACH = 5;
const FIRST_TAKES = 5;

/** Names of constraints that clash; null when the solver does not prove that the whole model is infeasible. */
export async function findConflict(
  exact: Solver,
  cqm: ConstrainedQuadraticModel,
  options: ConflictOptions = {},
): Promise<readonly string[] | null> {
  const secondsEach = options.secondsEach ?? SECONDS_EACH;
  const clash = async (rows: readonly Constraint[], seconds = secondsEach): Promise<boolean> => {
    options.signal?.throwIfAborted();
    const set = await exact.solve(feasibilityOf(cqm, rows), { seconds, signal: options.signal });
    return set.status === 'infeasible';
  };

  /** The part of `rows` that is needed beside `kept`; `changed` tells whether `kept` grew since it was last tried. */
  async function explain(
    kept: readonly Constraint[],
    changed: boolean,
    rows: readonly Constraint[],
  ): Promise<readonly Constraint[]> {
    if (changed && (await clash(kept))) return [];
    if (rows.length <= 1) return rows;
    const half = rows.length >> 1;
    const [first, second] = [rows.slice(0, half), rows.slice(half)];
    const fromSecond = await explain([...kept, ...first], true, second);
    const fromFirst = await explain([...kept, ...fromSecond], fromSecond.length > 0, first);
    return [...fromFirst, ...fromSecond];
  }

  if (!(await clash(cqm.constraints, FIRST_TAKES * secondsEach))) return null;
  const needed = await explain([], false, cqm.constraints);
  return needed.map((row) => row.name);
}

/** The model with these rows alone and nothing to minimise. */
function feasibilityOf(
  { variables }: ConstrainedQuadraticModel,
  rows: readonly Constraint[],
): ConstrainedQuadraticModel {
  return { ...createCqm({ variables }), constraints: rows };
}
