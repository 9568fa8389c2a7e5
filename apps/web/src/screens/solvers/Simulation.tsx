/** What each policy does to simulated learners: sessions to competency, retention, overload, who gets there. */
import { SimpleGrid, Stack } from '@mantine/core';
import { useMemo } from 'react';
import type { ComparisonView } from '../../api/solvers.ts';
import { Card } from '../../components/Card.tsx';
import { formatNumber } from '../../components/format.ts';
import { IntervalPlot, type IntervalRow } from '../../components/IntervalPlot.tsx';
import { Verdicts } from '../../components/Verdicts.tsx';

type SimulationView = NonNullable<ComparisonView['simulation']>;
type Policy = SimulationView['policies'][number];
type MeasureName = 'sessions' | 'retention30' | 'overloaded' | 'competent';

interface Measure {
  readonly name: MeasureName;
  readonly title: string;
  readonly description: string;
  readonly axis: string;
  readonly unit?: string;
}

const MEASURES: readonly Measure[] = [
  {
    name: 'sessions',
    title: 'Sessions until all goals are met',
    description: 'Less is better. Learners who do not get there count with the last session.',
    axis: 'sessions',
  },
  {
    name: 'competent',
    title: 'Learners who get there',
    description: 'More is better: true mastery of at least 0.8 in all goals together.',
    axis: 'share of learners',
    unit: '%',
  },
  {
    name: 'retention30',
    title: 'Still known after 30 days',
    description: 'More is better: mean true mastery of what was learned, 30 days later.',
    axis: 'share still known',
    unit: '%',
  },
  {
    name: 'overloaded',
    title: 'Sessions with too much',
    description: 'Less is better: share of sessions above the load that a learner can carry.',
    axis: 'share of sessions',
    unit: '%',
  },
];

/** The planner stands out; the rules that it is compared with stay quiet. */
const colourOf = (policy: string): string =>
  policy === 'planner' ? 'var(--q-category-vermillion)' : 'var(--q-text-quiet)';

const rowsOf = (policies: readonly Policy[], name: MeasureName): IntervalRow[] =>
  policies.map((policy) => ({ name: policy.policy, colour: colourOf(policy.policy), ...policy[name] }));

export const Simulation = ({ simulation }: { readonly simulation: SimulationView }) => {
  const rows = useMemo(
    () => new Map(MEASURES.map(({ name }) => [name, rowsOf(simulation.policies, name)])),
    [simulation],
  );
  const origin = {
    how: `Mean over ${formatNumber(simulation.learners)} simulated learners, growth law ${simulation.law.toUpperCase()}, the same random numbers for every policy; 95 % intervals.`,
    runId: simulation.runId,
  };
  return (
    <Card
      title="What each policy does to learners"
      note={`${formatNumber(simulation.learners)} learners made by the simulator; policies see answers only`}
    >
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
          {MEASURES.map(({ name, ...measure }) => (
            <IntervalPlot
              key={name}
              {...measure}
              fromZero
              rows={rows.get(name) ?? []}
              origin={origin}
              caveats={['simulated']}
            />
          ))}
        </SimpleGrid>
        <Verdicts verdicts={simulation.verdicts} />
      </Stack>
    </Card>
  );
};
