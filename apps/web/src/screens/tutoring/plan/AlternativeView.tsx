/** One proposed plan: how good it is in words, what it changes for whom, and what stays unmet. */
import { Group, List, Stack, Text } from '@mantine/core';
import type { Alternative } from '../../../api/schedule-proposals.ts';
import { Figure } from '../../../components/Figure.tsx';
import { FoldedTable } from '../../../components/FoldedTable.tsx';
import { formatNumber, plural } from '../../../components/format.ts';
import type { Origin } from '../../../components/OriginButton.tsx';
import { ChangesTable } from '../ChangesTable.tsx';
import { POINTS, termsOf } from '../words.ts';

export interface AlternativeViewProps {
  readonly alternative: Alternative;
  readonly timeZone: string;
  /** True where something broke: says what the events took away. */
  readonly repaired: boolean;
}

const originOf = ({ figures, runId }: Alternative): Origin => ({
  how: `${figures.quality} ${POINTS}`,
  ...(runId === null ? {} : { runId }),
});

export const AlternativeView = ({ alternative, timeZone, repaired }: AlternativeViewProps) => {
  const { figures, broken, changed, kept, people, changes, unmet } = alternative;
  return (
    <Stack gap="sm">
      <Group gap="xl" align="flex-start">
        <Figure label="Worth of the plan" value={figures.objective} unit="points" origin={originOf(alternative)} />
        <Figure label="Sessions" value={figures.sessions} note={`${formatNumber(kept)} stay as they are`} />
        {repaired && <Figure label="Taken away by what happened" value={broken} />}
        <Figure
          label={repaired ? 'Moved besides' : 'Changed'}
          value={changed}
          note={`${plural(people, 'person', 'people')} affected`}
        />
        <Figure label="Wanted but not held" value={unmet.reduce((sum, { wanted, met }) => sum + wanted - met, 0)} />
      </Group>
      <Text size="sm">{figures.quality}</Text>
      <ChangesTable label="What changes" changes={changes} timeZone={timeZone} />
      {unmet.length > 0 && (
        <details>
          <Text component="summary" size="sm" fw={550} style={{ cursor: 'pointer' }}>
            Not held, and what would help ({formatNumber(unmet.length)})
          </Text>
          <List size="sm" mt={4}>
            {unmet.map(({ learnerId, learnerName, skill, reason, fixes }) => (
              <List.Item key={`${learnerId} ${skill.id}`}>
                {learnerName}, {skill.name}: {reason} {fixes.join(' ')}
              </List.Item>
            ))}
          </List>
        </details>
      )}
      <FoldedTable
        summary="What the worth is made of"
        label="What the worth is made of"
        columns={['Part', 'Points']}
        rows={termsOf(figures.terms).map(({ name, value }) => [name, formatNumber(value, { decimals: 2 })])}
      />
    </Stack>
  );
};

/** Said once, so that nobody guesses what stands behind the names of the alternatives. */
export const ALTERNATIVES: Readonly<Record<Alternative['name'], { readonly title: string; readonly note: string }>> = {
  plan: { title: 'The new plan', note: 'The best that was found with everything that is pinned.' },
  keep: {
    title: 'Change nothing that is not broken',
    note: 'Only what fell away is placed anew.',
  },
  balanced: { title: 'Balanced', note: 'Moves a session only where that is worth the price that you set.' },
  best: { title: 'Best overall', note: 'Planned anew from the beginning, however much moves.' },
};
