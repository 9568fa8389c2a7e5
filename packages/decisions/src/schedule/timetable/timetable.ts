/** The kinds of timetabling problems that can be read. */
import type { CttProblem } from './ctt/problem.ts';
import type { ItcProblem } from './itc2019/problem.ts';

export type Timetable =
  | { readonly kind: 'ctt'; readonly problem: CttProblem }
  | { readonly kind: 'itc2019'; readonly problem: ItcProblem };
