/** Reliability diagram: of the answers given a chance of x, which share was right. Honest models follow the diagonal. */
import { useCallback } from 'react';
import type { EvaluatedModel } from '../../api/models.ts';
import { formatNumber } from '../../components/format.ts';
import type { Origin } from '../../components/OriginButton.tsx';
import { Plot } from '../../components/Plot.tsx';
import { kindColour } from './kinds.ts';

export interface CalibrationPlotProps {
  readonly models: readonly EvaluatedModel[];
  readonly champion: string;
  readonly origin: Origin;
}

const HEIGHT = 300;

/** Bins of few answers wander by chance; a picture of them would mislead. */
const FEWEST_ROWS = 30;

export const CalibrationPlot = ({ models, champion, origin }: CalibrationPlotProps) => {
  const best = models.reduce((a, b) => (b.nll.mean < a.nll.mean ? b : a));
  const shown = models.filter((model) => model.name === champion || model === best);
  const points = shown.flatMap((model) =>
    model.reliability
      .filter((bin) => bin.rows >= FEWEST_ROWS)
      .map((bin) => ({
        ...bin,
        name: model.name,
        colour: kindColour(model),
        dash: model.name === champion ? '4 3' : '',
      })),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the points follow from the models
  const draw = useCallback(
    (plot: typeof import('@observablehq/plot')) => ({
      height: HEIGHT,
      marginBottom: 44,
      marginLeft: 48,
      marginRight: 84,
      x: { label: 'predicted chance', domain: [0, 1], labelAnchor: 'center' as const, labelArrow: 'none' as const },
      y: { label: 'share right', domain: [0, 1], grid: true, labelArrow: 'none' as const },
      marks: [
        plot.line(
          [
            [0, 0],
            [1, 1],
          ],
          { stroke: 'var(--q-control-line)', strokeDasharray: '2 4' },
        ),
        ...shown.flatMap(({ name }, place) => {
          const own = points.filter((point) => point.name === name);
          const last = own.slice(-1);
          return [
            plot.line(own, {
              x: 'predicted',
              y: 'right',
              stroke: own[0]?.colour,
              strokeWidth: 2,
              strokeDasharray: own[0]?.dash,
            }),
            plot.dot(own, { x: 'predicted', y: 'right', fill: own[0]?.colour, r: 3 }),
            plot.text(last, {
              x: 'predicted',
              y: 'right',
              text: 'name',
              dx: 8,
              // Lines that end together keep their names apart.
              dy: 14 * place - 7,
              textAnchor: 'start' as const,
              fontWeight: 600,
            }),
          ];
        }),
      ],
    }),
    [models, champion],
  );
  const names = shown.map(({ name }) => (name === champion ? `${name} (dashed, champion)` : name)).join(' and ');
  return (
    <Plot
      title="Are the chances honest?"
      description={`Of the answers that were given a chance of 70 %, about 70 % should be right: on the dotted line. Shown: ${names}.`}
      draw={draw}
      height={HEIGHT}
      origin={origin}
      table={{
        columns: ['Model', 'Predicted', 'Right', 'Answers'],
        rows: points.map((point) => [
          point.name,
          formatNumber(point.predicted, { unit: '%', decimals: 1 }),
          formatNumber(point.right, { unit: '%', decimals: 1 }),
          formatNumber(point.rows),
        ]),
      }}
    />
  );
};
