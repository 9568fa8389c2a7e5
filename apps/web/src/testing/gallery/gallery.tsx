/** Every shared component in its states, on one page: what the component tests look at. */
import '@mantine/core/styles.layer.css';
import '../../theme/tokens.css';
import { Button, MantineProvider, Paper, SimpleGrid, Stack, Title } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import { CaveatBadge } from '../../components/Badges.tsx';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Figure } from '../../components/Figure.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { MasteryBar, MasteryCell, MasteryKey } from '../../components/Mastery.tsx';
import { MathText } from '../../components/MathText.tsx';
import { Plot } from '../../components/Plot.tsx';
import { ReasonDialog } from '../../components/ReasonDialog.tsx';
import { SkillMap } from '../../components/skill-map/SkillMap.tsx';
import { cssVariables, theme } from '../../theme/theme.ts';
import { sampleSkills } from './sample.ts';

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Paper component="section" withBorder p="md" aria-label={title}>
    <Title order={2} mb="sm">
      {title}
    </Title>
    {children}
  </Paper>
);

const ORIGIN = {
  how: 'Mean over all learners of the mastery that the model gives now.',
  runId: 'run-1',
  at: '2026-11-22T15:40:00Z',
  inputs: [{ name: 'Sample institution', rows: 40_000, simulated: true }],
};

const Figures = () => (
  <SimpleGrid cols={{ base: 1, sm: 3 }}>
    <Figure label="Mastered skills" value={38} unit="skills" note="of 62 in this course" size="lg" />
    <Figure
      label="Mean mastery"
      value={0.624}
      unit="%"
      interval={{ low: 0.58, high: 0.66 }}
      caveats={['simulated']}
      origin={ORIGIN}
    />
    <Figure
      label="Sessions saved"
      value={1.25}
      unit="sessions"
      interval={{ low: -0.2, high: 2.7 }}
      caveats={['not significant', 'estimated']}
    />
  </SimpleGrid>
);

const Masteries = () => (
  <Stack>
    <MasteryKey />
    {[null, 0.05, 0.3, 0.55, 0.72, 0.93].map((mastery) => (
      <MasteryBar
        key={mastery}
        label={`Mastery of skill ${mastery}`}
        mastery={mastery}
        interval={mastery === null ? undefined : { low: Math.max(0, mastery - 0.1), high: Math.min(1, mastery + 0.07) }}
      />
    ))}
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(6, 2rem)' }}>
      {[null, 0.05, 0.3, 0.55, 0.72, 0.93].map((mastery) => (
        <MasteryCell key={mastery} label="Ada, fractions" mastery={mastery} />
      ))}
    </div>
  </Stack>
);

const TIMES = [
  { solver: 'Course order', low: 40, value: 44, high: 48 },
  { solver: 'Best gain first', low: 36, value: 39, high: 42 },
  { solver: 'Planner', low: 31, value: 33, high: 35 },
];

const SamplePlot = () => {
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => ({
      height: 160,
      marginLeft: 110,
      marginRight: 60,
      x: { label: 'sessions', grid: true, zero: true },
      y: { label: null, domain: TIMES.map(({ solver }) => solver) },
      marks: [
        plot.ruleY(TIMES, { y: 'solver', x1: 'low', x2: 'high', stroke: 'var(--q-category-blue)', strokeWidth: 3 }),
        plot.dot(TIMES, { y: 'solver', x: 'value', fill: 'var(--q-category-blue)', r: 5 }),
        plot.text(TIMES, { y: 'solver', x: 'high', text: 'value', dx: 8, textAnchor: 'start' }),
      ],
    }),
    [],
  );
  return (
    <Plot
      title="Sessions until all goals are met"
      description="The planner needs 33 sessions, the course order 44."
      draw={draw}
      caveats={['simulated']}
      origin={ORIGIN}
      table={{ columns: ['Policy', 'Sessions'], rows: TIMES.map(({ solver, value }) => [solver, value]) }}
    />
  );
};

interface Learner {
  readonly id: string;
  readonly name: string;
  readonly mastery: number;
}

const LEARNERS: Learner[] = Array.from({ length: 120 }, (_, index) => ({
  id: `l${index}`,
  name: `Learner ${index + 1}`,
  mastery: ((index * 37) % 100) / 100,
}));

const COLUMNS: Column<Learner>[] = [
  { key: 'name', header: 'Learner', rowHeader: true, sort: (row) => row.name, cell: (row) => row.name },
  {
    key: 'mastery',
    header: 'Mastery',
    align: 'right',
    sort: (row) => row.mastery,
    cell: (row) => <MasteryBar label={row.name} mastery={row.mastery} />,
  },
];

const Reason = () => {
  const [opened, setOpened] = useState(false);
  const [given, setGiven] = useState('');
  return (
    <>
      <Button onClick={() => setOpened(true)}>Skip a step</Button>
      <output>{given}</output>
      <ReasonDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title="Skip: adding fractions"
        explanation="The step leaves the plan. Your teacher sees the reason."
        suggestions={['Already know it', 'Too hard now']}
        confirm="Skip it"
        onConfirm={(reason) => {
          setGiven(reason);
          setOpened(false);
        }}
      />
    </>
  );
};

const small = sampleSkills(9, 6);
const large = sampleSkills(30, 53);

const Gallery = () => (
  <Stack component="main" p="md">
    <Title order={1}>Components</Title>
    <Section title="Figures">
      <Figures />
    </Section>
    <Section title="Mastery">
      <Masteries />
    </Section>
    <Section title="Mathematics">
      <MathText>{'Solve $\\frac{3x}{2} + 1 = 7$ for $x$; it costs $5 or $10.\n$$x = \\frac{2 \\cdot 6}{3}$$'}</MathText>
    </Section>
    <Section title="Plot">
      <SamplePlot />
    </Section>
    <Section title="Jobs">
      <Stack>
        <JobProgress
          job={{
            label: 'Importing records.csv',
            state: 'running',
            fraction: 0.42,
            message: '420,000 rows',
            secondsLeft: 35,
          }}
          onCancel={() => {}}
        />
        <JobProgress job={{ label: 'Fitting', state: 'waiting', fraction: null }} onCancel={() => {}} />
        <JobProgress job={{ label: 'Import', state: 'done', fraction: 1, message: '12 rows were refused.' }} />
        <JobProgress
          job={{ label: 'Import', state: 'failed', fraction: 0.2, message: 'records.csv, line 7: expected 1 or 0.' }}
          onRetry={() => {}}
        />
      </Stack>
    </Section>
    <Section title="Table">
      <DataTable
        label="Learners"
        noun="learner"
        rows={LEARNERS}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        searchText={(row) => row.name}
        empty={null}
      />
    </Section>
    <Section title="Empty">
      <EmptyState title="No records yet" action={<Button>Import records</Button>}>
        Import a file with answers, or start with the sample institution.
      </EmptyState>
    </Section>
    <Section title="Reason">
      <Stack align="flex-start">
        <Reason />
        <CaveatBadge caveat="simulated" />
      </Stack>
    </Section>
    <Section title="Small map">
      <SkillMap skills={small.skills} links={small.links} />
    </Section>
    <Section title="Large map">
      <SkillMap skills={large.skills} links={large.links} height={560} />
    </Section>
  </Stack>
);

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <MemoryRouter>
      <Gallery />
    </MemoryRouter>
  </MantineProvider>,
);
