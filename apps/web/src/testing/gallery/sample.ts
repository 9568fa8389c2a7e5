/** Skills made up for the gallery: layers of skills, each needing up to three of the layer before. */
import type { MapLink, MapSkill, SkillStatus } from '../../components/skill-map/map-graph.ts';

const SUBJECTS = ['Numbers', 'Algebra', 'Geometry', 'Science', 'English'];

/** A small linear congruential generator (Numerical Recipes, 3rd ed., 7.1): pictures must be the same every time. */
const numbers = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

const statusAt = (share: number, chance: number): SkillStatus => {
  if (share < 0.35) return 'mastered';
  return share < 0.5 && chance < 0.6 ? 'ready' : 'locked';
};

/** `layers` x `width` skills. */
export const sampleSkills = (layers: number, width: number): { skills: MapSkill[]; links: MapLink[] } => {
  const next = numbers(7);
  const skills: MapSkill[] = [];
  const links: MapLink[] = [];
  let step = 0;
  for (let layer = 0; layer < layers; layer++) {
    for (let place = 0; place < width; place++) {
      const id = `s${layer}-${place}`;
      const status = statusAt(layer / layers + next() * 0.1, next());
      const mastery = status === 'mastered' ? 0.8 + next() * 0.2 : status === 'ready' ? next() * 0.75 : null;
      skills.push({
        id,
        name: `Skill ${layer + 1}.${place + 1}: adding and subtracting fractions`,
        group: SUBJECTS[place % SUBJECTS.length],
        status,
        mastery,
        ...(mastery === null
          ? {}
          : { interval: { low: Math.max(0, mastery - 0.12), high: Math.min(1, mastery + 0.1) } }),
        ...(status === 'ready' && step < 3 ? { step: ++step } : {}),
        ...(layer === layers - 1 && place === 0 ? { goal: true } : {}),
      });
      const needed = layer === 0 ? 0 : 1 + Math.floor(next() * 2.5);
      for (let count = 0; count < needed; count++) {
        const from = `s${layer - 1}-${Math.min(width - 1, Math.max(0, place + Math.floor(next() * 5) - 2))}`;
        if (links.some((link) => link.from === from && link.to === id)) continue;
        links.push({ from, to: id, strength: next() < 0.7 ? 'hard' : 'soft', estimated: next() < 0.1 });
      }
    }
  }
  return { skills, links };
};
