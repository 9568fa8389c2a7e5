/** What a problem file holds, as screens show it and as it is stored beside the file. */
import type { FileFormat, Problem, ProblemFile } from '@qurriculum/problems';

export interface ProblemFacts {
  readonly format: FileFormat;
  readonly sense: ProblemFile['sense'];
  /** What the file's objective is called: "cut weight". */
  readonly objectiveName: string;
  readonly variables: number;
  /** Of these, variables that take more than two values. */
  readonly integers: number;
  /** Pairs of variables with a term of their own. */
  readonly pairs: number;
  readonly constraints: number;
}

export function factsOf({ format, sense, objectiveName, problem }: ProblemFile): ProblemFacts {
  return { format, sense, objectiveName, variables: problem.variables.length, ...sizesOf(problem) };
}

function sizesOf(problem: Problem): Pick<ProblemFacts, 'integers' | 'pairs' | 'constraints'> {
  // A pair stands in the rows of both of its variables.
  if (problem.type === 'bqm') return { integers: 0, pairs: problem.bias.length / 2, constraints: 0 };
  return {
    integers: problem.variables.filter(({ kind }) => kind === 'INTEGER').length,
    pairs: problem.quadratic.coefficient.length,
    constraints: problem.constraints.length,
  };
}
