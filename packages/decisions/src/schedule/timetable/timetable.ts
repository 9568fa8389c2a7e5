/** The kinds of timetabling problems that can be read. */
import type { CttProblem } from './ctt/problem.ts';

export type Timetable = { readonly kind: 'ctt'; readonly problem: CttProblem };
