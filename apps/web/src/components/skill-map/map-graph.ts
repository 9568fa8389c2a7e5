/** The skills of a map and their prerequisites with positions 0..n-1, walkable both ways. */
import type { Interval } from '../format.ts';

export type SkillStatus = 'mastered' | 'ready' | 'locked';

export interface MapSkill {
  readonly id: string;
  readonly name: string;
  /** Subject or chapter: skills of one group stand together on large maps. */
  readonly group?: string;
  readonly status: SkillStatus;
  /** 0 to 1; null where nothing has been answered. */
  readonly mastery: number | null;
  readonly interval?: Interval;
  /** Place in the learner's next steps, from 1. */
  readonly step?: number;
  readonly goal?: boolean;
  /** Was mastered, and is about to be forgotten. */
  readonly fading?: boolean;
}

export interface MapLink {
  /** The skill that comes first. */
  readonly from: string;
  readonly to: string;
  readonly strength: 'hard' | 'soft';
  readonly estimated?: boolean;
}

/** A link between positions. */
export interface PlacedLink {
  readonly from: number;
  readonly to: number;
  readonly link: MapLink;
}

export interface MapGraph {
  readonly skills: readonly MapSkill[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly links: readonly PlacedLink[];
  /** Links that end in each skill: its prerequisites. */
  readonly needs: readonly (readonly PlacedLink[])[];
  /** Links that begin in each skill: what it opens. */
  readonly opens: readonly (readonly PlacedLink[])[];
}

/** Builds both directions in linear time. Links to skills that are not on the map are left out. */
export const buildMapGraph = (skills: readonly MapSkill[], links: readonly MapLink[]): MapGraph => {
  const indexOf = new Map(skills.map((skill, index) => [skill.id, index]));
  const needs: PlacedLink[][] = skills.map(() => []);
  const opens: PlacedLink[][] = skills.map(() => []);
  const placed: PlacedLink[] = [];
  for (const link of links) {
    const from = indexOf.get(link.from);
    const to = indexOf.get(link.to);
    if (from === undefined || to === undefined || from === to) continue;
    const entry = { from, to, link };
    placed.push(entry);
    needs[to].push(entry);
    opens[from].push(entry);
  }
  return { skills, indexOf, links: placed, needs, opens };
};

/** All skills that a skill rests on, or all that rest on it, itself included. */
export const reach = (graph: MapGraph, start: number, direction: 'needs' | 'opens'): ReadonlySet<number> => {
  const seen = new Set([start]);
  const stack = [start];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const { from, to } of graph[direction][at]) {
      const next = direction === 'needs' ? from : to;
      if (seen.has(next)) continue;
      seen.add(next);
      stack.push(next);
    }
  }
  return seen;
};
