/** The skill map as a table: the same skills, statuses, masteries, prerequisites, for keyboards and screen readers. */
import { Anchor } from '@mantine/core';
import { useMemo } from 'react';
import { type Column, DataTable } from '../DataTable.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { MasteryBar } from '../Mastery.tsx';
import type { MapGraph, MapSkill, SkillStatus } from './map-graph.ts';
import { StatusMark } from './StatusMark.tsx';

/** Ready skills first, then what fades: one can do something about them. */
const ORDER: Readonly<Record<SkillStatus, number>> = { ready: 0, locked: 1, mastered: 2 };

const orderOf = (skill: MapSkill): number => (skill.fading ? ORDER.ready + 0.5 : ORDER[skill.status]);

const namesOf = (graph: MapGraph, indices: readonly number[]): string =>
  indices.map((index) => graph.skills[index].name).join(', ');

const columnsFor = (graph: MapGraph, onSelect: (index: number) => void): Column<MapSkill>[] => [
  {
    key: 'name',
    header: 'Skill',
    rowHeader: true,
    sort: (skill) => skill.name,
    cell: (skill) => (
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="left"
        onClick={() => onSelect(graph.indexOf.get(skill.id)!)}
      >
        {skill.name}
      </Anchor>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    sort: orderOf,
    cell: (skill) => (
      <>
        <StatusMark status={skill.status} withWord />
        {skill.fading && ', fading'}
      </>
    ),
  },
  {
    key: 'mastery',
    header: 'Mastery',
    sort: (skill) => skill.mastery,
    cell: (skill) => (
      <MasteryBar label={`Mastery of ${skill.name}`} mastery={skill.mastery} interval={skill.interval} />
    ),
  },
  {
    key: 'needs',
    header: 'Needs',
    wideOnly: true,
    cell: (skill) =>
      namesOf(
        graph,
        graph.needs[graph.indexOf.get(skill.id)!].map(({ from }) => from),
      ),
  },
  {
    key: 'opens',
    header: 'Opens',
    align: 'right',
    wideOnly: true,
    sort: (skill) => graph.opens[graph.indexOf.get(skill.id)!].length,
    cell: (skill) => graph.opens[graph.indexOf.get(skill.id)!].length,
  },
];

export interface SkillListProps {
  readonly graph: MapGraph;
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
}

export const SkillList = ({ graph, selected, onSelect }: SkillListProps) => {
  const columns = useMemo(() => columnsFor(graph, onSelect), [graph, onSelect]);
  return (
    <DataTable
      label="Skills"
      noun="skill"
      rows={graph.skills}
      columns={columns}
      rowKey={(skill) => skill.id}
      initialSort={{ key: 'status', descending: false }}
      searchText={(skill) => `${skill.name} ${skill.group ?? ''} ${skill.fading ? 'fading' : ''}`}
      currentKey={selected === null ? null : graph.skills[selected].id}
      empty={<EmptyState title="No skills yet">Import a skill graph on the Records screen.</EmptyState>}
    />
  );
};
