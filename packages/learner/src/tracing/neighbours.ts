/**
 * Cold start of skills: a skill that was not in the training data borrows from its neighbours in the course (its
 * prerequisites and what builds on it), shrunken towards the population as if the population were one more neighbour.
 */

/** The neighbours of a skill by label; empty where there are none. */
export type SkillNeighbours = (skill: string) => readonly string[];

/**
 * The fitted entry of each label: its own, or one borrowed from its fitted neighbours, or the population's.
 *
 * @param mean what a skill with these neighbours is expected to be like; the population is the last of the list.
 */
export function skillLookup<Skill>(
  skills: ReadonlyMap<string, Skill>,
  population: Skill,
  neighbours: SkillNeighbours | undefined,
  mean: (of: readonly Skill[]) => Skill,
): (label: string) => Skill {
  const borrowed = new Map<string, Skill>();
  return (label) => {
    const own = skills.get(label) ?? borrowed.get(label);
    if (own !== undefined) return own;
    if (neighbours === undefined) return population;
    const fitted = [...new Set(neighbours(label))].flatMap((near) => skills.get(near) ?? []);
    const found = fitted.length === 0 ? population : mean([...fitted, population]);
    borrowed.set(label, found);
    return found;
  };
}
