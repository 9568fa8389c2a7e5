/** Figures of models as the `trace` commands print them. */
import type { MetricInterval, MetricName, Metrics } from '@qurriculum/learner';

export type Figures = Readonly<Record<MetricName, number | null>>;
export type Intervals = Readonly<Record<MetricName, readonly [number | null, number | null]>>;

/** JSON has no NaN: where all answers are right, or all wrong, there is no AUC. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

export function figuresOf(found: Metrics): Figures {
  return ofEach((name) => finite(found[name]));
}

export function meansOf(found: Readonly<Record<MetricName, MetricInterval>>): Figures {
  return ofEach((name) => finite(found[name].mean));
}

export function intervalsOf(found: Readonly<Record<MetricName, MetricInterval>>): Intervals {
  return ofEach((name) => [finite(found[name].low), finite(found[name].high)] as const);
}

function ofEach<T>(value: (name: MetricName) => T): Readonly<Record<MetricName, T>> {
  return { auc: value('auc'), nll: value('nll'), ece: value('ece'), rmse: value('rmse') };
}

/** .7155, or - where there is none. */
export const show = (value: number | null): string => (value === null ? '-' : value.toFixed(4).replace(/^(-?)0/, '$1'));

/** .7155 [.7068, .7240] */
export const showWithInterval = (figures: Figures, intervals: Intervals, name: MetricName): string =>
  `${show(figures[name])} [${intervals[name].map(show).join(', ')}]`;
