/** A course: skills with their graph, what to practise them with, and the words to talk about mistakes. */
import type { SkillGraph } from '../skill-graph.ts';
import type { Item, ItemTemplate, Misconception } from './item.ts';

export interface Course {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly graph: SkillGraph;
  readonly items: readonly Item[];
  readonly templates: readonly ItemTemplate[];
  readonly misconceptions: readonly Misconception[];
  /** Pairs of skill ids that learners mix up when they meet them too close together. */
  readonly confusable: readonly (readonly [string, string])[];
  /** Skill ids in the order in which the course teaches them. */
  readonly courseOrder: readonly string[];
  readonly licence: string;
  readonly credit?: string;
}
