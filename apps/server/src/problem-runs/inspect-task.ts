/** The thread's look at a problem file: what it holds, and which solvers take it. A large file takes seconds to read. */
import { type FileFormat, readProblemBytes, type SolverKind } from '@qurriculum/problems';
import { createSolvers } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { factsOf, type ProblemFacts } from './facts.ts';

export interface InspectInput {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Null: the ending of the name tells. */
  readonly format: FileFormat | null;
}

/** A solver and whether it takes the problem. */
export interface SolverOffer {
  readonly name: string;
  readonly kind: SolverKind;
  readonly description: string;
  /** Why it does not take the problem, in words; null when it does. */
  readonly refused: string | null;
  /** Runs on somebody else's machine, and may cost money there. */
  readonly remote: boolean;
}

export interface Inspection {
  readonly facts: ProblemFacts;
  /** In the order in which they are shown. */
  readonly solvers: readonly SolverOffer[];
}

/** @throws ProblemError that names the place in the file. */
export async function run({ bytes, name, format }: InspectInput): Promise<Inspection> {
  const file = await readProblemBytes(bytes, name, format ?? undefined);
  const solvers = [...createSolvers(createNodePlatform()).values()].map(
    (solver): SolverOffer => ({
      ...{ name: solver.name, kind: solver.kind, description: solver.description },
      refused: solver.refuses(file.problem),
      remote: solver.configuration !== undefined,
    }),
  );
  return { facts: factsOf(file), solvers };
}
