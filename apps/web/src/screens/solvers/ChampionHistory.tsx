/** Who chose whom to plan, when and why: the newest first. */
import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { championQuery } from '../../api/solvers.ts';
import { formatTime } from '../../components/format.ts';
import { sayPerson } from '../../components/person-name.ts';

export const ChampionHistory = ({ courseId }: { readonly courseId: number }) => {
  const query = useQuery(championQuery(courseId));
  if (!query.data || query.data.decisions.length === 0) return null;
  return (
    <List size="sm" spacing={2} aria-label="Who chose whom">
      {query.data.decisions.map((decision) => (
        <List.Item key={`${decision.createdAt}-${decision.solver}`}>
          <strong>{decision.solver}</strong>: “{decision.reason}”{' '}
          <Text span size="xs" c="dimmed">
            {sayPerson(decision.byPerson)}, {formatTime(decision.createdAt)}
          </Text>
        </List.Item>
      ))}
    </List>
  );
};
