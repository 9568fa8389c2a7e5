export type { ConformanceCase, ConformanceOptions } from './conformance.ts';
export { solverConformance } from './conformance.ts';
export { bruteForce, randomBqm, randomPlan, tinyProblems } from './sample-problems.ts';
