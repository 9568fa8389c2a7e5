/**
 * The skill map of hundreds of skills, drawn by Sigma in WebGL. It is a picture for the pointer only; the frame around
 * it (`SkillMap`) carries selection by keyboard, search and the list that says the same.
 */
import { useComputedColorScheme } from '@mantine/core';
import { DirectedGraph } from 'graphology';
import { useEffect, useImperativeHandle, useRef } from 'react';
import { Sigma } from 'sigma';
import classes from './LargeMap.module.css';
import { drawSkillHover, drawSkillLabel } from './labels.ts';
import { type MapGraph, reach } from './map-graph.ts';
import type { MapViewProps } from './map-view.ts';
import { fillOf, type MapPalette, outlineOf, readPalette } from './palette.ts';
import type { MapLayout } from './skill-layout.ts';
import { SkillProgram } from './skill-program.ts';

/** Radii in CSS pixels at the zoom that shows everything; ready skills and steps stand out, locked ones recede. */
const SIZE = { mastered: 2.6, ready: 3.6, locked: 1.9 } as const;
const STEP_SIZE = 5;
/** Columns lie at least as far apart as rows, and at most this many times as far: chains are read from left to right. */
const WIDEST_COLUMN = 6;
/** Share of the map's width that is kept free at its left for the names of the lanes. */
const LANE_NAMES = 0.14;
/** The share for this map: a single lane needs no name. */
const laneNames = (layout: MapLayout): number => (layout.lanes.length > 1 ? LANE_NAMES : 0.02);

const ZOOM_MILLISECONDS = 200;

/** Skills on the way to and from the selected one; null when nothing is selected. */
const spotlightOf = (graph: MapGraph, selected: number | null): ReadonlySet<number> | null =>
  selected === null ? null : reach(graph, selected, 'needs').union(reach(graph, selected, 'opens'));

interface Look {
  readonly graph: MapGraph;
  readonly palette: MapPalette;
  readonly spotlight: ReadonlySet<number> | null;
  readonly selected: number | null;
}

/** Width of a column in rows, so that the whole map fills a box of this shape. */
const columnWidth = (layout: MapLayout, box: HTMLElement | null): number => {
  const shape = box === null || box.clientHeight === 0 ? 1.6 : box.clientWidth / box.clientHeight;
  return Math.min(WIDEST_COLUMN, Math.max(1, (shape * layout.rows) / (layout.columns * (1 + laneNames(layout)))));
};

/** Places and links only: how a skill looks is asked anew at every refresh. */
const buildGraph = (graph: MapGraph, layout: MapLayout, width: number): DirectedGraph => {
  const drawn = new DirectedGraph();
  for (const index of graph.skills.keys()) {
    drawn.addNode(index, { index, x: layout.x[index] * width, y: -layout.y[index] });
  }
  for (const { from, to, link } of graph.links) {
    if (!drawn.hasEdge(from, to)) drawn.addEdge(from, to, { from, to, soft: link.strength === 'soft', size: 0.6 });
  }
  return drawn;
};

/** How a skill looks now. Its size depends on the skill and never on the selection. */
const nodeLook = (look: Look, index: number) => {
  const skill = look.graph.skills[index];
  const dimmed = look.spotlight !== null && !look.spotlight.has(index);
  return {
    size: skill.step !== undefined || skill.goal ? STEP_SIZE : SIZE[skill.status],
    label: dimmed ? '' : skill.name,
    step: skill.step ?? null,
    status: skill.status,
    color: dimmed ? look.palette.surface : fillOf(skill, look.palette),
    outline: dimmed ? look.palette.faint : outlineOf(skill, look.palette),
    highlighted: index === look.selected,
    forceLabel: index === look.selected || (!dimmed && skill.step !== undefined),
    zIndex: dimmed ? 0 : skill.status === 'locked' ? 1 : 2,
  };
};

const edgeLook = (look: Look, from: number, to: number, soft: boolean) => {
  const lit = look.spotlight?.has(from) && look.spotlight.has(to);
  if (look.spotlight === null) return { color: soft ? look.palette.softLink : look.palette.link };
  return lit ? { color: look.palette.accent, size: 1.1, zIndex: 1 } : { hidden: true };
};

/** Names of the lanes at the left edge, moved with the camera. */
const placeLanes = (sigma: Sigma, layout: MapLayout, lanes: HTMLElement): void => {
  for (const [order, element] of [...lanes.children].entries()) {
    const lane = layout.lanes[order];
    const top = sigma.graphToViewport({ x: 0, y: -(lane.top - 0.9) }).y;
    const bottom = sigma.graphToViewport({ x: 0, y: -(lane.bottom + 0.9) }).y;
    const box = element as HTMLElement;
    box.style.transform = `translateY(${Math.round(top)}px)`;
    box.style.height = `${Math.max(0, Math.round(bottom - top))}px`;
  }
};

/** Settings that do not depend on what is selected. */
const SETTINGS = {
  defaultNodeType: 'skill',
  nodeProgramClasses: { skill: SkillProgram },
  nodeHoverProgramClasses: { skill: SkillProgram },
  defaultDrawNodeLabel: drawSkillLabel,
  defaultDrawNodeHover: drawSkillHover,
  labelSize: 12,
  labelDensity: 0.7,
  labelGridCellSize: 110,
  labelRenderedSizeThreshold: 5,
  minCameraRatio: 0.04,
  maxCameraRatio: 1.6,
  zIndex: true,
  hideEdgesOnMove: false,
  minEdgeThickness: 0.5,
  stagePadding: 28,
} as const;

/** A Sigma for as long as the places stay the same; what it shows changes underneath it through `look`. */
const useSigma = (graph: MapGraph, layout: MapLayout, onSelect: (index: number | null) => void) => {
  const container = useRef<HTMLDivElement>(null);
  const lanes = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma | null>(null);
  const look = useRef<Look | null>(null);
  const newest = useRef({ graph, onSelect });
  newest.current = { graph, onSelect };

  useEffect(() => {
    const box = container.current;
    if (box === null) return;
    const width = columnWidth(layout, box);
    const drawn = buildGraph(newest.current.graph, layout, width);
    look.current = { graph: newest.current.graph, palette: readPalette(), spotlight: null, selected: null };
    const current = (): Look => look.current!;
    const renderer = new Sigma(drawn, box, {
      ...SETTINGS,
      labelFont: getComputedStyle(document.body).fontFamily,
      nodeReducer: (_, data) => ({ ...data, ...nodeLook(current(), data['index']) }),
      edgeReducer: (_, data) => ({ ...data, ...edgeLook(current(), data['from'], data['to'], data['soft']) }),
    });
    const right = (layout.columns - 1) * width;
    renderer.setCustomBBox({ x: [-laneNames(layout) * right, right], y: [-(layout.rows - 1), 0] });
    sigma.current = renderer;
    renderer.on('clickNode', ({ node }) => newest.current.onSelect(Number(node)));
    renderer.on('clickStage', () => newest.current.onSelect(null));
    renderer.on('enterNode', () => box.style.setProperty('cursor', 'pointer'));
    renderer.on('leaveNode', () => box.style.removeProperty('cursor'));
    renderer.on('afterRender', () => lanes.current && placeLanes(renderer, layout, lanes.current));
    return () => {
      sigma.current = null;
      renderer.kill();
    };
  }, [layout]);
  return { container, lanes, sigma, look };
};

export const LargeMap = ({ graph, layout, selected, onSelect, commands }: MapViewProps) => {
  const { container, lanes, sigma, look } = useSigma(graph, layout, onSelect);
  const scheme = useComputedColorScheme();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette is read again when the scheme changes
  useEffect(() => {
    look.current = { graph, palette: readPalette(), spotlight: spotlightOf(graph, selected), selected };
    sigma.current?.refresh();
  }, [graph, layout, selected, scheme]);

  useImperativeHandle(commands, () => ({
    zoomIn: () => void sigma.current?.getCamera().animatedZoom({ duration: ZOOM_MILLISECONDS }),
    zoomOut: () => void sigma.current?.getCamera().animatedUnzoom({ duration: ZOOM_MILLISECONDS }),
    fit: () => void sigma.current?.getCamera().animatedReset({ duration: ZOOM_MILLISECONDS }),
    centre: (index) => {
      const place = sigma.current?.getNodeDisplayData(String(index));
      const camera = sigma.current?.getCamera();
      if (!place || !camera) return;
      const ratio = Math.min(camera.ratio, 0.35);
      void camera.animate({ x: place.x, y: place.y, ratio }, { duration: ZOOM_MILLISECONDS });
    },
  }));

  return (
    <div className={classes['frame']} aria-hidden>
      <div ref={lanes} className={classes['lanes']}>
        {layout.lanes.map((lane) => (
          <div key={lane.name} className={classes['lane']}>
            {layout.lanes.length > 1 && <span>{lane.name}</span>}
          </div>
        ))}
      </div>
      <div ref={container} className={classes['canvas']} />
    </div>
  );
};
