/** Labels to indices of the statistics, with stand-ins for skills that were never met. */
import type { SkillNeighbours } from '../neighbours.ts';
import type { FeatureOdds } from './features-odds.ts';
import type { FeatureStatistics } from './features-statistics.ts';

export interface FeatureLabels {
  /** Index of the item, or -1. */
  item(label: string): number;
  /** Index of the skill, or -1. */
  skill(label: string): number;
  /** Index of the set of these skills (by index, any order, distinct), or -1. */
  set(skills: readonly number[]): number;
  /** Log-odds of the skill; of one never met, what its neighbours suggest. */
  skillOdds(label: string): number;
}

// How many neighbours it takes until they weigh as much as everything else does.
const neighbourShrinkage = 1;

export function createFeatureLabels(
  { items, skills, skillSets }: FeatureStatistics,
  odds: FeatureOdds,
  neighbours: SkillNeighbours = () => [],
): FeatureLabels {
  const itemOf = indexOf(items);
  const skillOf = indexOf(skills);
  const setOf = indexOf(skillSets.map((set) => set.join(' ')));
  const skill = (label: string) => skillOf.get(label) ?? -1;
  return {
    item: (label) => itemOf.get(label) ?? -1,
    skill,
    set: (members) => (members.includes(-1) ? -1 : (setOf.get([...members].sort((a, b) => a - b).join(' ')) ?? -1)),
    skillOdds(label) {
      const index = skill(label);
      if (index >= 0) return odds.skill[index];
      const near = neighbours(label)
        .map(skill)
        .filter((other) => other >= 0);
      const sum = near.reduce((total, other) => total + odds.skill[other], 0);
      return (sum + neighbourShrinkage * odds.base) / (near.length + neighbourShrinkage);
    },
  };
}

function indexOf(labels: readonly string[]): ReadonlyMap<string, number> {
  return new Map(labels.map((label, index) => [label, index]));
}
