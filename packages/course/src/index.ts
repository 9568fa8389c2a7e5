export type { DroppedPrerequisite } from './break-cycles.ts';
export { breakCycles } from './break-cycles.ts';
export type {
  AlgebraicAnswer,
  AlgebraicForm,
  AnswerCheck,
  AnswerSpec,
  ChoiceAnswer,
  Distractor,
  ExactAnswer,
  NumericAnswer,
  Response,
} from './items/answer-spec.ts';
export type { Course } from './items/course.ts';
export type {
  Choice,
  GeneratedItem,
  Hint,
  Item,
  ItemDraft,
  ItemTemplate,
  ItemView,
  Misconception,
} from './items/item.ts';
export { generateItem, publicView } from './items/item.ts';
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
