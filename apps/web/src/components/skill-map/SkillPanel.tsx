/** What the map says of the selected skill: how well it is known, what it needs, what it opens. */
import { Anchor, Badge, CloseButton, Group, List, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { EstimatedBadge } from '../Badges.tsx';
import { plural } from '../format.ts';
import { MasteryBar, sayMastery } from '../Mastery.tsx';
import type { MapGraph, PlacedLink } from './map-graph.ts';
import { StatusMark } from './StatusMark.tsx';

interface NeighboursProps {
  readonly title: string;
  readonly graph: MapGraph;
  readonly links: readonly PlacedLink[];
  readonly end: 'from' | 'to';
  readonly onSelect: (index: number) => void;
}

const Neighbours = ({ title, graph, links, end, onSelect }: NeighboursProps) =>
  links.length === 0 ? null : (
    <div>
      <Text size="xs" fw={600} c="dimmed">
        {title}
      </Text>
      <List size="sm" spacing={2} listStyleType="none" mt={2}>
        {links.map((placed) => {
          const skill = graph.skills[placed[end]];
          return (
            <List.Item key={skill.id}>
              <Group gap={6} wrap="nowrap" align="center">
                <StatusMark status={skill.status} />
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  ta="left"
                  py={3}
                  onClick={() => onSelect(placed[end])}
                >
                  {skill.name}
                </Anchor>
                {placed.link.strength === 'soft' && (
                  <Text span size="xs" c="dimmed">
                    helps
                  </Text>
                )}
                {placed.link.estimated && <EstimatedBadge />}
              </Group>
            </List.Item>
          );
        })}
      </List>
    </div>
  );

export interface SkillPanelProps {
  readonly graph: MapGraph;
  readonly index: number;
  readonly onSelect: (index: number | null) => void;
  /** What can be done with the skill on this screen. */
  readonly actions?: ReactNode;
}

export const SkillPanel = ({ graph, index, onSelect, actions }: SkillPanelProps) => {
  const skill = graph.skills[index];
  return (
    <Stack gap="sm" component="section" aria-label={`Skill: ${skill.name}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Title order={3}>{skill.name}</Title>
        <CloseButton size="sm" aria-label="Close the skill" onClick={() => onSelect(null)} />
      </Group>
      <Group gap="xs">
        <StatusMark status={skill.status} withWord />
        {skill.goal && (
          <Badge size="sm" radius="sm" variant="default" tt="none">
            goal
          </Badge>
        )}
        {skill.group && (
          <Text size="xs" c="dimmed">
            {skill.group}
          </Text>
        )}
      </Group>
      <MasteryBar label={`Mastery of ${skill.name}`} mastery={skill.mastery} interval={skill.interval} />
      <Text size="xs" c="dimmed">
        {sayMastery(skill)}
      </Text>
      {actions}
      <Neighbours title="Needs" graph={graph} links={graph.needs[index]} end="from" onSelect={onSelect} />
      <Neighbours
        title={`Opens ${plural(graph.opens[index].length, 'skill')}`}
        graph={graph}
        links={graph.opens[index]}
        end="to"
        onSelect={onSelect}
      />
    </Stack>
  );
};
