/** One evaluation: the conclusion, the plots, calibration, groups, verdicts, and all figures. */
import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { EvaluatedModel, Evaluation as EvaluationView } from '../../api/models.ts';
import { Card } from '../../components/Card.tsx';
import { formatNumber, formatTime } from '../../components/format.ts';
import { IntervalPlot, type IntervalRow } from '../../components/IntervalPlot.tsx';
import type { Origin } from '../../components/OriginButton.tsx';
import { Verdicts } from '../../components/Verdicts.tsx';
import { CalibrationPlot } from './CalibrationPlot.tsx';
import { GroupsPlot } from './GroupsPlot.tsx';
import { kindColour } from './kinds.ts';
import { ModelTable } from './ModelTable.tsx';

export interface EvaluationProps {
  readonly evaluation: EvaluationView;
  /** Who is champion now; the evaluation may have had another. */
  readonly champion: string;
}

const originOf = ({ rows, learners, createdAt, runId }: EvaluationView): Origin => ({
  how: `${formatNumber(rows)} answers of ${formatNumber(learners)} learners, each predicted by models fitted on others; 95 % intervals by redrawing learners.`,
  at: createdAt,
  ...(runId === null ? {} : { runId }),
});

type Measure = (model: EvaluatedModel) => { readonly mean: number; readonly low: number; readonly high: number } | null;

const rowsOf = (models: readonly EvaluatedModel[], measure: Measure): IntervalRow[] =>
  models.flatMap((model) => {
    const value = measure(model);
    return value === null ? [] : [{ name: model.name, colour: kindColour(model), ...value }];
  });

const Plots = ({ evaluation }: { readonly evaluation: EvaluationView }) => {
  const { models, champion } = evaluation;
  const origin = originOf(evaluation);
  const rows = useMemo(
    () => ({
      auc: rowsOf(models, (model) => model.auc),
      nll: rowsOf(models, (model) => model.nll),
      ece: rowsOf(models, (model) => model.ece),
    }),
    [models],
  );
  const shared = { origin, championName: champion };
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
      <IntervalPlot
        {...shared}
        title="Telling right from wrong answers"
        description={`More is better: share of pairs, one answered right and one wrong, that the model puts in order. 0.5 is chance. Dashed: ${champion}.`}
        axis="AUC"
        rows={rows.auc}
      />
      <IntervalPlot
        {...shared}
        title="Surprise"
        description={`Less is better: log loss per answer. It rewards honest probabilities; verdicts rest on it. Dashed: ${champion}.`}
        axis="log loss, nats"
        rows={rows.nll}
      />
      <IntervalPlot
        {...shared}
        title="Calibration error"
        description="Less is better: how far predicted and observed shares of right answers are apart, in fifteen bins."
        axis="mean gap"
        unit="%"
        fromZero
        rows={rows.ece}
      />
      <CalibrationPlot models={models} champion={champion} origin={origin} />
    </SimpleGrid>
  );
};

export const Evaluation = ({ evaluation, champion }: EvaluationProps) => (
  <Stack gap="md">
    <Card title="Conclusion" note={`Compared ${formatTime(evaluation.createdAt)}`} origin={originOf(evaluation)}>
      <Text fw={600}>{evaluation.conclusion}</Text>
    </Card>
    <Card
      title="The same answers by every model"
      note={`${formatNumber(evaluation.rows)} answers of ${formatNumber(evaluation.learners)} learners`}
    >
      <Stack gap="lg">
        <Plots evaluation={evaluation} />
        <ModelTable models={evaluation.models} champion={champion} />
      </Stack>
    </Card>
    <Card title="Verdicts" note={`Each model against ${evaluation.champion}, learner by learner`}>
      <Verdicts verdicts={evaluation.verdicts} />
    </Card>
    {evaluation.twins.length > 0 && (
      <Card
        title="Does quantum probability add anything?"
        note="The quantum model against the ordinary one of the same size. Both run on this computer."
      >
        <Verdicts verdicts={evaluation.twins} />
      </Card>
    )}
    <Card title="Groups" note="Whether the model is equally right about every group of learners">
      <GroupsPlot models={evaluation.models} champion={evaluation.champion} origin={originOf(evaluation)} />
    </Card>
  </Stack>
);
