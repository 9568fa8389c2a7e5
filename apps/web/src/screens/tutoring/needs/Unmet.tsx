/** What is wanted and not held: why, what would fix it, and places that could be taken for it at once. */
import { Button, List, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { UnmetView } from '../../../api/schedule.ts';
import { Card } from '../../../components/Card.tsx';
import { type Column, DataTable } from '../../../components/DataTable.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import type { Tutoring } from '../useTutoring.ts';
import { NewRequest } from './NewRequest.tsx';
import { type Request, SuggestionsDialog } from './SuggestionsDialog.tsx';

const columnsOf = (onFind: (request: Request) => void): Column<UnmetView>[] => [
  {
    key: 'learner',
    header: 'Learner',
    rowHeader: true,
    sort: (row) => row.learnerName,
    cell: (row) => row.learnerName,
  },
  { key: 'skill', header: 'Skill', sort: (row) => row.skill.name, cell: (row) => row.skill.name },
  {
    key: 'held',
    header: 'Held',
    align: 'right',
    sort: (row) => row.met - row.wanted,
    cell: (row) => `${row.met} of ${row.wanted}`,
  },
  {
    key: 'reason',
    header: 'Why, and what would help',
    cell: ({ reason, fixes }) => (
      <>
        <Text size="sm">{reason}</Text>
        {fixes.length > 0 && (
          <List size="xs" c="dimmed">
            {fixes.map((fix) => (
              <List.Item key={fix}>{fix}</List.Item>
            ))}
          </List>
        )}
      </>
    ),
  },
  {
    key: 'find',
    header: 'Place',
    cell: ({ learnerId, learnerName, skill }) => (
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Find a place: ${learnerName}, ${skill.name}`}
        onClick={() => onFind({ learnerId, learnerName, skillId: skill.id, skillName: skill.name })}
      >
        Find a place
      </Button>
    ),
  },
];

export const Unmet = ({ tutoring }: { readonly tutoring: Tutoring }) => {
  const [request, setRequest] = useState<Request | null>(null);
  const mayEdit = tutoring.setting.may.edit;
  return (
    <Card title="Wanted and not held" note={mayEdit ? 'Or ask for places for one more session.' : undefined}>
      <Stack gap="md">
        {mayEdit && <NewRequest tutoring={tutoring} onFind={setRequest} />}
        <DataTable
          label="Wanted and not held"
          noun="request"
          rows={tutoring.plan.unmet}
          columns={columnsOf(setRequest).filter(({ key }) => mayEdit || key !== 'find')}
          rowKey={({ learnerId, skill }) => `${learnerId} ${skill.id}`}
          searchText={({ learnerName, skill }) => `${learnerName} ${skill.name}`}
          pageSize={20}
          empty={
            <EmptyState title="Everything that is wanted is held" icon={<IconCheck size={20} />}>
              What cannot be placed stands here, with the reason and what would help.
            </EmptyState>
          }
        />
      </Stack>
      <SuggestionsDialog tutoring={tutoring} request={request} onClose={() => setRequest(null)} />
    </Card>
  );
};
