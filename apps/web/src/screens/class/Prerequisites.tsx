/** The prerequisites of a course, given and estimated, each to be switched off and on by a person. */
import { Group, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type PrerequisiteView, prerequisitesQuery, switchPrerequisite } from '../../api/class.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { EstimatedBadge } from '../../components/Badges.tsx';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/format.ts';
import { ProblemText } from '../../components/ProblemText.tsx';
import { sayPerson } from '../../components/person-name.ts';
import { sayEstimate } from './estimate-words.ts';

interface Change {
  readonly link: PrerequisiteView;
  readonly enabled: boolean;
}

const columnsFor = (onChange: (change: Change) => void, busy: PrerequisiteView | null): Column<PrerequisiteView>[] => [
  { key: 'to', header: 'Skill', rowHeader: true, sort: (link) => link.to.name, cell: (link) => link.to.name },
  { key: 'from', header: 'Needs', sort: (link) => link.from.name, cell: (link) => link.from.name },
  {
    key: 'strength',
    header: 'How much',
    wideOnly: true,
    sort: (link) => link.strength,
    cell: (link) => (link.strength === 'hard' ? 'must be known' : 'helps'),
  },
  {
    key: 'source',
    header: 'Known from',
    sort: (link) => link.confidence,
    cell: (link) =>
      link.source === 'given' ? (
        'the graph'
      ) : (
        <Group gap={6} wrap="nowrap">
          <EstimatedBadge />
          {link.confidence !== null && (
            <Text span size="xs" c="dimmed">
              {formatNumber(link.confidence, { unit: '%' })} sure
            </Text>
          )}
        </Group>
      ),
  },
  {
    key: 'enabled',
    header: 'In use',
    align: 'right',
    sort: (link) => Number(link.enabled),
    cell: (link) => (
      <Group gap={6} justify="flex-end" wrap="nowrap">
        {link.decidedBy !== null && (
          <Text span size="xs" c="dimmed">
            {sayPerson(link.decidedBy)}
          </Text>
        )}
        <Switch
          size="sm"
          checked={link.enabled}
          disabled={busy === link}
          aria-label={`${link.to.name} needs ${link.from.name}`}
          onChange={(event) => onChange({ link, enabled: event.currentTarget.checked })}
        />
      </Group>
    ),
  },
];

const isEstimated = ({ source }: PrerequisiteView): boolean => source === 'estimated';

export const Prerequisites = ({ courseId }: { readonly courseId: number }) => {
  const client = useQueryClient();
  const query = useQuery(prerequisitesQuery(courseId));
  const change = useMutation({
    mutationFn: ({ link, enabled }: Change) => switchPrerequisite(courseId, link.from.id, link.to.id, enabled),
    onSettled: () => client.invalidateQueries({ queryKey: ['courses', courseId] }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['learners'] }),
  });
  return (
    <Stack gap="sm">
      <ProblemText error={change.error} />
      <Loaded query={query} what="the prerequisites" height={240}>
        {({ prerequisites, estimate }) => {
          const links = prerequisites.filter(isEstimated).length;
          const found = estimate && sayEstimate(estimate, links);
          return (
            <Stack gap="sm">
              {found && links > 0 && (
                <Text size="sm" c="dimmed">
                  {found}
                </Text>
              )}
              <DataTable
                label="Prerequisites"
                noun="prerequisite"
                pageSize={25}
                rows={prerequisites}
                columns={columnsFor(change.mutate, change.isPending ? change.variables.link : null)}
                rowKey={(link) => `${link.from.id}-${link.to.id}`}
                searchText={(link) => `${link.from.name} ${link.to.name} ${link.source}`}
                empty={
                  <EmptyState title="No prerequisites">
                    {found ??
                      'Import a skill graph, or records with enough learners: then they are estimated from the order in which skills are mastered.'}
                  </EmptyState>
                }
              />
            </Stack>
          );
        }}
      </Loaded>
    </Stack>
  );
};
