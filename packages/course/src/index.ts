export type { Prerequisite, Skill, SkillGraph } from './skill-graph.ts';
