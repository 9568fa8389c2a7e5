/** Everything that can make a plan, by name: the planner, the rules, and every solver of the house. */
import { pathBaselines } from '@qurriculum/decisions';
import type { Solver, SolverKind } from '@qurriculum/problems';
import { createSolvers, type Solvers } from '@qurriculum/solvers';
import { braketFromEnvironment } from '@qurriculum/solvers/platform/braket-node';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';

export interface Contender {
  readonly name: string;
  readonly kind: 'policy' | SolverKind;
  readonly description: string;
  /** Null for the planner and the rules, which need no solver. */
  readonly solver: Solver | null;
}

/** The name of the planner's own search; champion until a person promotes another. */
export const PLANNER = 'planner';

let solvers: Solvers | undefined;

/** One set for the process: HiGHS keeps its worker warm between calls. */
function allSolvers(): Solvers {
  if (!solvers) {
    const platform = createNodePlatform();
    solvers = createSolvers(platform, [], { braket: braketFromEnvironment(platform) });
  }
  return solvers;
}

/** All contenders, policies first. */
export function allContenders(): readonly Contender[] {
  const planner: Contender = {
    name: PLANNER,
    kind: 'policy',
    description:
      'Looks three sessions ahead with its own learner model and swaps activities until nothing gets better.',
    solver: null,
  };
  const rules = pathBaselines.map(
    ({ name, description }): Contender => ({ name, kind: 'policy', description, solver: null }),
  );
  // Solvers that lack credentials cannot contend.
  const usable = [...allSolvers().values()].filter((solver) => solver.configuration?.configured !== false);
  const wrapped = usable.map((solver): Contender => {
    const { name, kind, description } = solver;
    return { name, kind, description, solver };
  });
  return [planner, ...rules, ...wrapped];
}

/** The contender of that name, or undefined. */
export const findContender = (name: string): Contender | undefined =>
  allContenders().find((contender) => contender.name === name);

/** Whose plans a course's learners get. */
export async function championOf(db: Kysely<Database>, courseId: number): Promise<string> {
  const row = await db
    .selectFrom('champion')
    .select('solver')
    .where('course_id', '=', courseId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.solver ?? PLANNER;
}
