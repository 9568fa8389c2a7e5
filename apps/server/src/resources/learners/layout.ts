/**
 * Places of skills on the map: layers by depth of prerequisites, and inside a layer near the mean of what each skill
 * builds on (the barycentre rule of Sugiyama, Tagawa & Toda 1981, one pass down), in linear time but for the sorting.
 */
import type { SkillGraph } from '@qurriculum/course';

export interface MapPlace {
  /** 0 to 1 inside the layer. */
  readonly x: number;
  /** The layer. */
  readonly y: number;
}

/** Skills in a row of the map at most: wide layers are folded into several rows. */
const WIDEST = 60;

export function layOut(graph: SkillGraph): MapPlace[] {
  const layers: number[][] = [];
  for (const skill of graph.topologicalOrder) {
    layers[graph.depth[skill]] ??= [];
    layers[graph.depth[skill]].push(skill);
  }
  const places: MapPlace[] = new Array(graph.skills.length);
  let y = 0;
  for (const layer of layers) {
    const wish = new Map(
      layer.map((skill, at) => [skill, barycentre(graph, skill, places) ?? (at + 0.5) / layer.length]),
    );
    layer.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0) || a - b);
    const rows = Math.ceil(layer.length / WIDEST);
    layer.forEach((skill, at) => {
      // Folded column by column, so that neighbours stay neighbours.
      places[skill] = { x: (at + 0.5) / layer.length, y: y + (at % rows) };
    });
    y += rows;
  }
  return places;
}

function barycentre(graph: SkillGraph, skill: number, places: readonly MapPlace[]): number | null {
  let sum = 0;
  const [from, to] = [graph.parentStart[skill], graph.parentStart[skill + 1]];
  for (let e = from; e < to; e++) sum += places[graph.parent[e]].x;
  return to > from ? sum / (to - from) : null;
}
