/**
 * Where the skills of a map stand: left to right in layers by prerequisite depth (longest path layering, Sugiyama,
 * Tagawa & Toda 1981), in linear time but for the sorting of the layers. Small maps order each layer by the mean place
 * of the neighbours (barycentre sweeps, same paper); large ones stand in lanes by group, each layer of a lane folded
 * into as many sub-columns as keep it low.
 */
import type { MapGraph } from './map-graph.ts';

export interface Lane {
  readonly name: string;
  /** First and last row of the lane, in rows. */
  readonly top: number;
  readonly bottom: number;
}

export interface MapLayout {
  /** Columns from the left, per skill. */
  readonly x: Float64Array;
  /** Rows from the top, per skill. */
  readonly y: Float64Array;
  readonly depth: Int32Array;
  readonly columns: number;
  readonly rows: number;
  /** Empty for small maps. */
  readonly lanes: readonly Lane[];
}

/** Longest chain of prerequisites below each skill (Kahn's order). Skills on a cycle keep the depth found so far. */
export const depths = (graph: MapGraph): Int32Array => {
  const depth = new Int32Array(graph.skills.length);
  const waiting = graph.needs.map((needs) => needs.length);
  const queue = waiting.flatMap((count, index) => (count === 0 ? [index] : []));
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head];
    for (const { to } of graph.opens[at]) {
      depth[to] = Math.max(depth[to], depth[at] + 1);
      waiting[to] -= 1;
      if (waiting[to] === 0) queue.push(to);
    }
  }
  return depth;
};

const layersOf = (depth: Int32Array): number[][] => {
  const layers: number[][] = [];
  for (let index = 0; index < depth.length; index++) {
    layers[depth[index]] ??= [];
    layers[depth[index]].push(index);
  }
  // A lane need not have skills of every depth; `map` would skip those holes.
  return Array.from(layers, (layer) => layer ?? []);
};

/** Sweeps over the layers; four bring small course graphs to rest, more changes little. */
const SWEEPS = 4;

/** Orders each layer by the mean place of its neighbours on the side that the sweep comes from. */
const barycentreSweeps = (graph: MapGraph, layers: number[][], place: Float64Array): void => {
  const settle = (layer: number[]): void => {
    for (const [row, index] of layer.entries()) place[index] = row - (layer.length - 1) / 2;
  };
  for (const layer of layers) settle(layer);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    const ordered = down ? layers : layers.toReversed();
    for (const layer of ordered) {
      const wish = new Map(
        layer.map((index) => {
          const neighbours = down ? graph.needs[index].map((l) => l.from) : graph.opens[index].map((l) => l.to);
          const sum = neighbours.reduce((total, other) => total + place[other], 0);
          return [index, neighbours.length > 0 ? sum / neighbours.length : place[index]];
        }),
      );
      layer.sort((a, b) => wish.get(a)! - wish.get(b)! || a - b);
      settle(layer);
    }
  }
};

/** Layout of a map that is read box by box: one column per depth, rows centred around zero and then shifted to it. */
export const layoutSmall = (graph: MapGraph): MapLayout => {
  const depth = depths(graph);
  const layers = layersOf(depth);
  const y = new Float64Array(graph.skills.length);
  barycentreSweeps(graph, layers, y);
  const rows = Math.max(1, ...layers.map((layer) => layer.length));
  for (let index = 0; index < y.length; index++) y[index] += (rows - 1) / 2;
  return { x: Float64Array.from(depth), y, depth, columns: Math.max(1, layers.length), rows, lanes: [] };
};

/** Highest stack of skills in one column of a lane before it is folded into a further sub-column ... */
const LANE_ROWS = 12;
/** ... where there are many lanes; few lanes share this many rows. */
const MAP_ROWS = 72;
/** Rows left free between two lanes. */
const LANE_GAP = 2;
const NO_GROUP = 'Other skills';

/** Groups by name, largest first, so that the longest lanes stand on top. */
const groupsOf = (graph: MapGraph): [string, number[]][] => {
  const groups = new Map<string, number[]>();
  for (const [index, skill] of graph.skills.entries()) {
    const name = skill.group ?? NO_GROUP;
    const members = groups.get(name);
    if (members) members.push(index);
    else groups.set(name, [index]);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length);
};

/** First x of each depth when depth d needs `width[d]` sub-columns, one column apart from the next. */
const columnStarts = (width: readonly number[]): number[] => {
  const starts: number[] = [];
  let start = 0;
  for (const columns of width) {
    starts.push(start);
    start += columns + 1;
  }
  return [...starts, start - 1];
};

/** Layout of a map of hundreds of skills: lanes by group, folded layers. */
export const layoutLarge = (graph: MapGraph): MapLayout => {
  const count = graph.skills.length;
  const depth = depths(graph);
  const place = new Float64Array(count);
  barycentreSweeps(graph, layersOf(depth), place);
  const groups = groupsOf(graph);
  const highest = Math.max(LANE_ROWS, Math.floor(MAP_ROWS / Math.max(1, groups.length)));
  const lanes = groups.map(([name, members]) => {
    const layers = layersOf(Int32Array.from(members, (index) => depth[index])).map((layer) =>
      layer.map((member) => members[member]).sort((a, b) => place[a] - place[b]),
    );
    return { name, layers, rows: Math.min(highest, Math.max(1, ...layers.map((layer) => layer.length))) };
  });
  const widest = Array.from({ length: Math.max(0, ...depth) + 1 }, (_, at) =>
    Math.max(1, ...lanes.map((lane) => Math.ceil((lane.layers[at]?.length ?? 0) / lane.rows))),
  );
  const starts = columnStarts(widest);
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  let top = 0;
  const placedLanes = lanes.map((lane): Lane => {
    for (const [at, layer] of lane.layers.entries()) {
      const columns = Math.max(1, Math.ceil(layer.length / lane.rows));
      const perColumn = Math.ceil(layer.length / columns);
      for (const [order, index] of layer.entries()) {
        x[index] = starts[at] + Math.floor(order / perColumn);
        y[index] = top + (order % perColumn) + (lane.rows - perColumn) / 2;
      }
    }
    const placed = { name: lane.name, top, bottom: top + lane.rows - 1 };
    top += lane.rows + LANE_GAP;
    return placed;
  });
  return { x, y, depth, columns: starts[starts.length - 1], rows: Math.max(1, top - LANE_GAP), lanes: placedLanes };
};

/** The skill that an arrow key leads to: the nearest one that lies mainly in that direction; null at the edge. */
export const neighbourInDirection = (
  layout: MapLayout,
  from: number,
  direction: 'left' | 'right' | 'up' | 'down',
): number | null => {
  const horizontal = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: number | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let index = 0; index < layout.x.length; index++) {
    const dx = layout.x[index] - layout.x[from];
    const dy = layout.y[index] - layout.y[from];
    const along = sign * (horizontal ? dx : dy);
    const across = Math.abs(horizontal ? dy : dx);
    if (along <= 0) continue;
    // Going aside costs three times as much as going on, so that a row or column is followed where there is one.
    const distance = along + 3 * across;
    if (distance < bestDistance) {
      bestDistance = distance;
      best = index;
    }
  }
  return best;
};
