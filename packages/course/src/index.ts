export type { DroppedPrerequisite } from './break-cycles.ts';
export { breakCycles } from './break-cycles.ts';
export type { Prerequisite, Skill, SkillGraph, SkillGraphErrorCode } from './skill-graph.ts';
export { createSkillGraph, describeCycle, SkillGraphError } from './skill-graph.ts';
export type { PrerequisiteScope } from './skill-graph-queries.ts';
export {
  ancestors,
  descendants,
  goalClosure,
  inducedSubgraph,
  outerFringe,
  skillNumbers,
} from './skill-graph-queries.ts';
