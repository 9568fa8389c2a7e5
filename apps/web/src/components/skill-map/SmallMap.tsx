/** The skill map of a course that can be read box by box: skills as labelled boxes over an SVG of their links. */
import { IconCheck, IconHourglassLow, IconLock, IconTargetArrow } from '@tabler/icons-react';
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { formatNumber } from '../format.ts';
import { sayMastery } from '../Mastery.tsx';
import { type MapSkill, type PlacedLink, reach } from './map-graph.ts';
import type { MapViewProps } from './map-view.ts';
import classes from './SmallMap.module.css';
import type { MapLayout } from './skill-layout.ts';

const BOX = { width: 138, height: 44, gapX: 40, gapY: 12, margin: 16 } as const;
const ZOOMS = [0.4, 0.55, 0.75, 1, 1.25] as const;
const FULL_SIZE = 3;

const left = (layout: MapLayout, index: number): number => BOX.margin + layout.x[index] * (BOX.width + BOX.gapX);
const top = (layout: MapLayout, index: number): number => BOX.margin + layout.y[index] * (BOX.height + BOX.gapY);

const widthOf = (layout: MapLayout): number => 2 * BOX.margin + layout.columns * (BOX.width + BOX.gapX) - BOX.gapX;
/** Height in CSS pixels of the whole map at full size, at least that of its zoom buttons. */
export const smallMapHeight = (layout: MapLayout): number => Math.max(150, heightOf(layout));

const heightOf = (layout: MapLayout): number => 2 * BOX.margin + layout.rows * (BOX.height + BOX.gapY) - BOX.gapY;

/** A curve that leaves its box and enters the next one level. */
const curve = (layout: MapLayout, { from, to }: PlacedLink): string => {
  const x0 = left(layout, from) + BOX.width;
  const y0 = top(layout, from) + BOX.height / 2;
  const x1 = left(layout, to);
  const y1 = top(layout, to) + BOX.height / 2;
  const bend = Math.max(BOX.gapX * 0.6, (x1 - x0) / 2.4);
  return `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
};

const Mark = ({ skill }: { readonly skill: MapSkill }) => {
  if (skill.step !== undefined) return <span className={classes['step']}>{skill.step}</span>;
  if (skill.fading) return <IconHourglassLow size={14} />;
  if (skill.status === 'mastered') return <IconCheck size={14} stroke={2.5} />;
  if (skill.status === 'locked') return <IconLock size={13} />;
  return <span className={classes['diamond']} />;
};

interface BoxProps {
  readonly skill: MapSkill;
  readonly layout: MapLayout;
  readonly index: number;
  readonly selected: boolean;
  readonly dimmed: boolean;
  readonly onSelect: (index: number | null) => void;
}

const SkillBox = ({ skill, layout, index, selected, dimmed, onSelect }: BoxProps) => (
  <button
    type="button"
    tabIndex={-1}
    className={classes['box']}
    data-status={skill.status}
    data-fading={skill.fading || undefined}
    data-selected={selected || undefined}
    data-dimmed={dimmed || undefined}
    aria-pressed={selected}
    style={{ left: left(layout, index), top: top(layout, index), width: BOX.width, height: BOX.height }}
    onClick={() => onSelect(selected ? null : index)}
  >
    <span className={classes['mark']} aria-hidden>
      <Mark skill={skill} />
    </span>
    <span className={classes['name']}>{skill.name}</span>
    <span
      className={classes['hidden']}
    >{`: ${skill.status}${skill.fading ? ', fading' : ''}, ${sayMastery(skill)}`}</span>
    {skill.goal && <IconTargetArrow size={14} className={classes['goal']} aria-hidden />}
    {skill.mastery !== null && (
      <span className={classes['share']} aria-hidden>
        <span style={{ width: formatNumber(skill.mastery, { unit: '%' }).replace(' ', '') }} />
      </span>
    )}
  </button>
);

/** Where the map opens: at the first step, else the first skill that is ready. */
const opening = (skills: readonly MapSkill[]): number => {
  const step = skills.findIndex((skill) => skill.step === 1);
  if (step !== -1) return step;
  return Math.max(
    0,
    skills.findIndex((skill) => skill.status === 'ready'),
  );
};

export const SmallMap = ({ graph, layout, selected, onSelect, commands }: MapViewProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<number>(FULL_SIZE);
  const scale = ZOOMS[zoom];
  const spotlight = useMemo(
    () => (selected === null ? null : reach(graph, selected, 'needs').union(reach(graph, selected, 'opens'))),
    [graph, selected],
  );

  const centre = (index: number, behavior: ScrollBehavior = 'smooth'): void => {
    const box = scroller.current;
    if (box === null || graph.skills.length === 0) return;
    const x = (left(layout, index) + BOX.width / 2) * scale - box.clientWidth / 2;
    const y = (top(layout, index) + BOX.height / 2) * scale - box.clientHeight / 2;
    box.scrollTo({ left: x, top: y, behavior });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another map is shown
  useEffect(() => centre(opening(graph.skills), 'instant'), [layout]);

  useImperativeHandle(commands, () => ({
    zoomIn: () => setZoom((at) => Math.min(ZOOMS.length - 1, at + 1)),
    zoomOut: () => setZoom((at) => Math.max(0, at - 1)),
    fit: () => {
      const room = (scroller.current?.clientWidth ?? 0) / widthOf(layout);
      setZoom(
        Math.max(
          0,
          ZOOMS.findLastIndex((option) => option <= room),
        ),
      );
    },
    centre,
  }));

  const width = widthOf(layout);
  const height = heightOf(layout);
  return (
    <div ref={scroller} className={classes['scroller']}>
      <div style={{ width: width * scale, height: height * scale }}>
        <div className={classes['plane']} style={{ width, height, transform: `scale(${scale})` }}>
          <svg width={width} height={height} aria-hidden className={classes['links']}>
            {graph.links.map((placed) => {
              const lit = spotlight?.has(placed.from) && spotlight.has(placed.to);
              return (
                <path
                  key={`${placed.from}-${placed.to}`}
                  d={curve(layout, placed)}
                  data-soft={placed.link.strength === 'soft' || undefined}
                  data-lit={lit || undefined}
                  data-dimmed={(spotlight !== null && !lit) || undefined}
                />
              );
            })}
          </svg>
          {graph.skills.map((skill, index) => (
            <SkillBox
              key={skill.id}
              skill={skill}
              layout={layout}
              index={index}
              selected={index === selected}
              dimmed={spotlight !== null && !spotlight.has(index)}
              onSelect={onSelect}
            />
          ))}
        </div>
      </div>
    </div>
  );
};
