/** What the champion and the best model expect of each group, less what the group does. Near zero is fair. */
import { SimpleGrid } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import type { EvaluatedModel } from '../../api/models.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber, plural } from '../../components/format.ts';
import { IntervalPlot } from '../../components/IntervalPlot.tsx';
import type { Origin } from '../../components/OriginButton.tsx';
import { kindColour } from './kinds.ts';

export interface GroupsPlotProps {
  readonly models: readonly EvaluatedModel[];
  readonly champion: string;
  readonly origin: Origin;
}

const saySizes = ({ groups }: EvaluatedModel): string =>
  groups.map(({ group, learners }) => `${group}: ${plural(learners, 'learner')}`).join(', ');

/** "From 0.71 (north) to 0.74 (south)." */
const sayAuc = ({ groups }: EvaluatedModel): string => {
  const known = groups.flatMap(({ group, auc }) => (auc === null ? [] : [{ group, auc: auc.mean }]));
  if (known.length < 2) return '';
  const ordered = known.toSorted((a, b) => a.auc - b.auc);
  const [least, most] = [ordered[0], ordered[ordered.length - 1]];
  return ` AUC from ${formatNumber(least.auc)} (${least.group}) to ${formatNumber(most.auc)} (${most.group}).`;
};

export const GroupsPlot = ({ models, champion, origin }: GroupsPlotProps) => {
  const best = models.reduce((a, b) => (b.nll.mean < a.nll.mean ? b : a));
  const shown = models.filter((model) => model.name === champion || model === best);
  if (shown.every(({ groups }) => groups.length === 0)) {
    return (
      <EmptyState title="No groups are known" icon={<IconUsersGroup size={20} />}>
        Give the records a column “group”, or say on the Records screen which column names the learner's group.
      </EmptyState>
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
      {shown.map((model) => (
        <IntervalPlot
          key={model.name}
          title={`${model.name}${model.name === champion ? ', the champion' : ', the best'}`}
          description={`Near zero is fair. Above it the model expects more right answers than the group gives.${sayAuc(model)} ${saySizes(model)}.`}
          axis="expected less observed share right"
          unit="%"
          rows={model.groups.map(({ group, bias }) => ({ name: group, colour: kindColour(model), ...bias }))}
          origin={origin}
        />
      ))}
    </SimpleGrid>
  );
};
