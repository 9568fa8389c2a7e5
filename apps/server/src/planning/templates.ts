/** The templates that make items on this server: those of our own sample course. */
import type { ItemTemplate } from '@qurriculum/course';
import { foundationsOfAlgebra } from '@qurriculum/course/sample-course';

/** By key; items of other templates are known by name only. */
export const templates: ReadonlyMap<string, ItemTemplate> = new Map(
  foundationsOfAlgebra.templates.map((template) => [template.id, template]),
);
