/**
 * The skill map: mastered, ready and locked skills with their prerequisites. Searched, zoomed, walked by arrow keys,
 * and offered as a list with the same information. Up to `BOXES_UP_TO` skills are boxes that can be read; more are drawn
 * in WebGL, which is loaded only then.
 */
import { ActionIcon, Group, SegmentedControl, Select, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconHourglassLow, IconMinus, IconPlus, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import { EmptyState } from '../EmptyState.tsx';
import { formatNumber } from '../format.ts';
import { sayMastery } from '../Mastery.tsx';
import { buildMapGraph, type MapGraph, type MapLink, type MapSkill } from './map-graph.ts';
import type { MapCommands } from './map-view.ts';
import { SkillList } from './SkillList.tsx';
import classes from './SkillMap.module.css';
import { SkillPanel } from './SkillPanel.tsx';
import { SmallMap, smallMapHeight } from './SmallMap.tsx';
import { StatusMark } from './StatusMark.tsx';
import { layoutLarge, layoutSmall, neighbourInDirection } from './skill-layout.ts';

/** Above this many skills boxes with names no longer fit on a screen that one can oversee. */
const BOXES_UP_TO = 150;

/** Room for the scroll bar of a map that is wider than its box, and for the zoom buttons of a low one. */
const SCROLLBAR = 18;

const LargeMap = lazy(() => import('./LargeMap.tsx').then((module) => ({ default: module.LargeMap })));

export interface SkillMapProps {
  readonly skills: readonly MapSkill[];
  readonly links: readonly MapLink[];
  /** What can be done with a skill: "Practise this". */
  readonly renderActions?: (skill: MapSkill) => ReactNode;
  /** The selected skill's id, where the screen keeps it; otherwise the map keeps its own. */
  readonly selectedId?: string | null;
  readonly onSelect?: (id: string | null) => void;
  readonly height?: number;
}

const DIRECTIONS: Readonly<Record<string, 'left' | 'right' | 'up' | 'down'>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const Legend = ({ graph }: { readonly graph: MapGraph }) => {
  const counts = Map.groupBy(graph.skills, (skill) => skill.status);
  const fading = graph.skills.filter((skill) => skill.fading).length;
  return (
    <Group gap="md">
      {(['mastered', 'ready', 'locked'] as const).map((status) => (
        <Group key={status} gap={4}>
          <StatusMark status={status} withWord />
          <Text span size="xs" c="dimmed">
            {formatNumber(counts.get(status)?.length ?? 0)}
          </Text>
        </Group>
      ))}
      {fading > 0 && (
        <Group gap={4}>
          <IconHourglassLow size={14} aria-hidden />
          <Text span size="xs">
            fading
          </Text>
          <Text span size="xs" c="dimmed">
            {formatNumber(fading)}
          </Text>
        </Group>
      )}
    </Group>
  );
};

const ZoomButtons = ({ commands }: { readonly commands: { readonly current: MapCommands | null } }) => (
  <ActionIcon.Group className={classes['zoom']} orientation="vertical">
    <ActionIcon variant="default" size="md" aria-label="Zoom in" onClick={() => commands.current?.zoomIn()}>
      <IconPlus size={15} aria-hidden />
    </ActionIcon>
    <ActionIcon variant="default" size="md" aria-label="Zoom out" onClick={() => commands.current?.zoomOut()}>
      <IconMinus size={15} aria-hidden />
    </ActionIcon>
    <Tooltip label="Show everything" position="left">
      <ActionIcon variant="default" size="md" aria-label="Show everything" onClick={() => commands.current?.fit()}>
        <IconFocusCentered size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  </ActionIcon.Group>
);

/** Finds a skill by name; Mantine's select is a combobox by the ARIA pattern, keys included. */
const FindSkill = ({ graph, onFind }: { readonly graph: MapGraph; readonly onFind: (index: number) => void }) => {
  const data = useMemo(
    () => graph.skills.map((skill, index) => ({ value: String(index), label: skill.name })),
    [graph],
  );
  return (
    <Select
      aria-label="Find a skill"
      placeholder="Find a skill"
      size="xs"
      searchable
      clearable
      limit={30}
      data={data}
      value={null}
      leftSection={<IconSearch size={14} aria-hidden />}
      nothingFoundMessage="No skill has that name"
      onChange={(value) => value !== null && onFind(Number(value))}
      className={classes['find']}
    />
  );
};

/** Everything that places depend on, as one text: which skills in which groups, and which links. */
const shapeOf = (skills: readonly MapSkill[], links: readonly MapLink[]): string =>
  [...skills.map(({ id, group }) => `${id}\t${group}`), ...links.map(({ from, to }) => `${from}\t${to}`)].join('\n');

const useSelection = (props: SkillMapProps, graph: MapGraph) => {
  const [own, setOwn] = useState<string | null>(null);
  const id = props.selectedId === undefined ? own : props.selectedId;
  const selected = id === null ? null : (graph.indexOf.get(id) ?? null);
  const select = (index: number | null): void => {
    const next = index === null ? null : graph.skills[index].id;
    setOwn(next);
    props.onSelect?.(next);
  };
  return { selected, select };
};

export const SkillMap = (props: SkillMapProps) => {
  const { skills, links, renderActions, height = 460 } = props;
  const graph = useMemo(() => buildMapGraph(skills, links), [skills, links]);
  const large = skills.length > BOXES_UP_TO;
  const shape = useMemo(() => shapeOf(skills, links), [skills, links]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: places depend on the shape alone; answers and plans only colour them
  const layout = useMemo(() => (large ? layoutLarge(graph) : layoutSmall(graph)), [shape, large]);
  const [view, setView] = useState<'map' | 'list'>('map');
  const { selected, select } = useSelection(props, graph);
  const commands = useRef<MapCommands | null>(null);

  const go = (index: number): void => {
    select(index);
    commands.current?.centre(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = DIRECTIONS[event.key];
    if (direction) {
      const next = selected === null ? 0 : neighbourInDirection(layout, selected, direction);
      if (next !== null) go(next);
    } else if (event.key === '+' || event.key === '=') commands.current?.zoomIn();
    else if (event.key === '-') commands.current?.zoomOut();
    else if (event.key === '0') commands.current?.fit();
    else if (event.key === 'Escape' && selected !== null) select(null);
    else return;
    event.preventDefault();
  };

  if (skills.length === 0) {
    return (
      <EmptyState title="No skills yet">
        Import a skill graph on the Records screen, or choose another course.
      </EmptyState>
    );
  }
  const View = large ? LargeMap : SmallMap;
  return (
    <div className={classes['root']}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <FindSkill graph={graph} onFind={go} />
          <SegmentedControl
            size="xs"
            aria-label="Show the skills as"
            data={[
              { value: 'map', label: 'Map' },
              { value: 'list', label: 'List' },
            ]}
            value={view}
            onChange={(value) => setView(value === 'list' ? 'list' : 'map')}
          />
        </Group>
        <Legend graph={graph} />
      </Group>
      <div className={classes['body']} data-selected={selected !== null || undefined}>
        {view === 'list' ? (
          <SkillList graph={graph} selected={selected} onSelect={select} />
        ) : (
          <div
            className={classes['stage']}
            style={{ height: large ? height : Math.min(height, smallMapHeight(layout) + SCROLLBAR) }}
          >
            {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would say that these are fields of a form */}
            <div
              className={classes['keys']}
              role="group"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys walk the map from here
              tabIndex={0}
              aria-label={`Map of ${formatNumber(skills.length)} skills. Arrow keys walk from skill to skill, plus and minus zoom. The list says the same.`}
              onKeyDown={onKeyDown}
            >
              <Suspense fallback={<Skeleton height={height} />}>
                <View graph={graph} layout={layout} selected={selected} onSelect={select} commands={commands} />
              </Suspense>
            </div>
            <ZoomButtons commands={commands} />
          </div>
        )}
        {selected !== null && (
          <div className={classes['panel']}>
            <SkillPanel
              graph={graph}
              index={selected}
              onSelect={(index) => (index === null ? select(null) : go(index))}
              actions={renderActions?.(graph.skills[selected])}
            />
          </div>
        )}
      </div>
      <div role="status" className={classes['spoken']}>
        {selected !== null &&
          `${skills[selected].name}: ${skills[selected].status}${skills[selected].fading ? ', fading' : ''}, ${sayMastery(skills[selected])}`}
      </div>
    </div>
  );
};
