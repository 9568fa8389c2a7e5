/** For staff: what the recent answers of one learner show of effort, with the signs and how sure they are. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type EngagementView, engagementQuery } from '../../api/engagement.ts';
import { Loaded } from '../../app/Loaded.tsx';
import { Card } from '../../components/Card.tsx';
import { HOW_EFFORT, sayEffort, VERDICTS } from '../../components/effort/words.ts';
import { formatInterval, formatNumber } from '../../components/format.ts';

const Timed = ({ effort }: { readonly effort: NonNullable<EngagementView['responseTimeEffort']> }) => (
  <Text size="xs" c="dimmed">
    Long enough to be read: {formatNumber(effort.share, { unit: '%' })} ({formatInterval(effort, { unit: '%' })}) of all{' '}
    {formatNumber(effort.timed)} timed answers.
  </Text>
);

export const Effort = ({ learnerId }: { readonly learnerId: number }) => {
  const query = useQuery(engagementQuery(learnerId));
  const fit = query.data?.fit;
  return (
    <Card
      title="Pace of the answers"
      note="For staff only. Signs, not reasons: ask before you judge."
      origin={fit ? { how: `${HOW_EFFORT} ${fit.note}`, runId: fit.runId, at: fit.fittedAt } : undefined}
    >
      <Loaded query={query} what="response times" height={80}>
        {({ engagement }) =>
          engagement === null ? (
            <Text size="sm" c="dimmed">
              No timed answers yet: practice here is timed, and so are records with a column of seconds taken.
            </Text>
          ) : (
            <Stack gap={4}>
              <Group gap={6}>
                <Badge size="sm" radius="sm" variant="light" color="gray" tt="none">
                  {VERDICTS[engagement.verdict]}
                </Badge>
              </Group>
              {engagement.reasons.map((reason) => (
                <Text key={reason} size="sm">
                  {reason}
                </Text>
              ))}
              {engagement.verdict !== 'unknown' && (
                <Text size="xs" c="dimmed">
                  {sayEffort(engagement)}
                </Text>
              )}
              {engagement.responseTimeEffort && <Timed effort={engagement.responseTimeEffort} />}
            </Stack>
          )
        }
      </Loaded>
    </Card>
  );
};
