/** One comparison: the conclusion, the verdicts, the plots of the problems, the plots of the simulation, the figures. */
import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconTrophy } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComparisonView } from '../../api/solvers.ts';
import { Card } from '../../components/Card.tsx';
import { Figure } from '../../components/Figure.tsx';
import { formatNumber, formatTime, plural } from '../../components/format.ts';
import { OriginButton } from '../../components/OriginButton.tsx';
import { Verdicts } from '../../components/Verdicts.tsx';
import { ChampionHistory } from './ChampionHistory.tsx';
import classes from './Comparison.module.css';
import { PromoteDialog } from './PromoteDialog.tsx';
import { Simulation } from './Simulation.tsx';
import { originOf, SolverPlots } from './SolverPlots.tsx';
import { SolverTable } from './SolverTable.tsx';

export interface ComparisonProps {
  readonly courseId: number;
  /** Who plans now. */
  readonly champion: string;
  readonly comparison: ComparisonView;
}

const Conclusion = ({ courseId, champion, comparison }: ComparisonProps) => {
  const [promoting, setPromoting] = useState(false);
  return (
    <section className={classes['conclusion']} aria-label="Conclusion">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <IconTrophy size={22} aria-hidden className={classes['icon']} />
        <Stack gap={6}>
          <Text fw={600}>
            {comparison.conclusion} <OriginButton origin={originOf(comparison)} of="the conclusion" />
          </Text>
          <Text size="sm" c="dimmed">
            Plans come from <strong>{champion}</strong> until a person chooses another. Compared{' '}
            {formatTime(comparison.createdAt)}.
          </Text>
          <ChampionHistory courseId={courseId} />
          <Group>
            <Button size="xs" variant="default" onClick={() => setPromoting(true)}>
              Choose who plans
            </Button>
          </Group>
        </Stack>
      </Group>
      <PromoteDialog
        courseId={courseId}
        champion={champion}
        comparison={comparison}
        opened={promoting}
        onClose={() => setPromoting(false)}
      />
    </section>
  );
};

const Size = ({ comparison }: { readonly comparison: ComparisonView }) => {
  const { variables } = comparison;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }}>
      <Figure label="Problems" value={comparison.problems} note="one learner each" />
      <Figure
        label="Yes-or-no choices in a problem"
        value={variables?.median ?? null}
        note={variables ? `from ${formatNumber(variables.least)} to ${formatNumber(variables.most)}` : undefined}
      />
      <Figure label="Time for each solver" value={comparison.seconds} unit="s" note="for each problem" />
      <Figure label="Solvers" value={comparison.solvers.length} />
    </SimpleGrid>
  );
};

export const Comparison = (props: ComparisonProps) => {
  const { comparison } = props;
  return (
    <Stack gap="md">
      <Conclusion {...props} />
      <Card
        title="The same problems by every solver"
        note={`${plural(comparison.problems, 'problem')} from this course`}
      >
        <Stack gap="lg">
          <Size comparison={comparison} />
          <SolverPlots comparison={comparison} />
          <SolverTable solvers={comparison.solvers} champion={comparison.champion} />
        </Stack>
      </Card>
      <Card title="Verdicts" note={`Each challenger against ${comparison.champion}, problem by problem`}>
        <Verdicts verdicts={comparison.verdicts} />
      </Card>
      {comparison.simulation && <Simulation simulation={comparison.simulation} />}
    </Stack>
  );
};
