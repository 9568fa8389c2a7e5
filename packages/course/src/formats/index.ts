export type { FormatErrorCode } from './format-error.ts';
export { FormatError } from './format-error.ts';
export type { SkillGraphFile } from './graph-json-schema.ts';
export { skillGraphFile, skillGraphJsonSchema } from './graph-json-schema.ts';
export type { GraphFormat, SkillGraphData } from './skill-graph-data.ts';
export { detectGraphFormat, readSkillGraph, toSkillGraphFile } from './skill-graph-file.ts';
