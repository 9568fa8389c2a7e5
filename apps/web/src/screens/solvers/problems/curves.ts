/** Curves of the best objective by time, as they are drawn: each solve's steps, and the median step of a solver's solves. */
import type { ProblemRunView, ProblemSolve, ProblemSolver } from '../../../api/problem-runs.ts';

export interface CurvePoint {
  readonly seconds: number;
  readonly objective: number;
}

export interface SolveCurve {
  readonly key: string;
  readonly solver: string;
  readonly points: readonly CurvePoint[];
}

export interface SolverCurve {
  readonly solver: string;
  readonly kind: ProblemSolver['kind'];
  /** Of solvers of one kind, which share a colour: 0, 1, 2, ... */
  readonly ofKind: number;
  /** Half of the solver's solves were this good or better by then. */
  readonly points: readonly CurvePoint[];
}

export interface Curves {
  readonly solves: readonly SolveCurve[];
  readonly solvers: readonly SolverCurve[];
}

/** The earliest time on a logarithmic axis. */
export const FIRST_SECONDS = 0.001;

type Sense = ProblemRunView['file']['sense'];

/** Everything that has a step so far. A solve that has ended keeps its best to the end of its time. */
export const curvesOf = ({ solves, solvers, seconds, file }: ProblemRunView): Curves => {
  const shown = solves.filter(({ trace }) => trace.length > 0);
  const counts = new Map<string, number>();
  const drawn = solvers.map(({ solver, kind }): SolverCurve => {
    const own = shown.filter((solve) => solve.solver === solver);
    const ended = own.filter(({ state }) => state === 'ended');
    const ofKind = counts.get(kind) ?? 0;
    counts.set(kind, ofKind + 1);
    // While the first one runs it is all there is.
    const points = medianSteps((ended.length > 0 ? ended : own).map(pointsOf), file.sense);
    return { solver, kind, ofKind, points: ended.length > 0 ? held(points, seconds) : points };
  });
  return {
    solves: shown.map((solve) => {
      const points = pointsOf(solve);
      const key = String(solve.position);
      return { key, solver: solve.solver, points: solve.state === 'ended' ? held(points, seconds) : points };
    }),
    solvers: drawn.filter(({ points }) => points.length > 0),
  };
};

const pointsOf = ({ trace }: ProblemSolve): CurvePoint[] =>
  trace.map(({ seconds, objective }) => ({ seconds: Math.max(FIRST_SECONDS, seconds), objective }));

const held = (points: readonly CurvePoint[], seconds: number): readonly CurvePoint[] => {
  const last = points.at(-1);
  return last === undefined || last.seconds >= seconds ? points : [...points, { ...last, seconds }];
};

/** The lower median of several step curves, from when half of them have a value: what half of the solves had by then. */
export const medianSteps = (curves: readonly (readonly CurvePoint[])[], sense: Sense): CurvePoint[] => {
  const sign = sense === 'maximise' ? -1 : 1;
  const events = curves
    .flatMap((points, curve) => points.map((point) => ({ ...point, curve })))
    .toSorted((a, b) => a.seconds - b.seconds);
  const now: number[] = curves.map(() => Number.POSITIVE_INFINITY);
  const half = Math.ceil(curves.length / 2) - 1;
  const steps: CurvePoint[] = [];
  for (const { seconds, objective, curve } of events) {
    now[curve] = sign * objective;
    const median = now.toSorted((a, b) => a - b)[half];
    if (median === Number.POSITIVE_INFINITY || sign * median === steps.at(-1)?.objective) continue;
    if (steps.at(-1)?.seconds === seconds) steps.pop();
    steps.push({ seconds, objective: sign * median });
  }
  return steps;
};

/**
 * The objectives that are shown. What solvers had in their first instants lies far off and would press the rest into one
 * line: the worst end and some more is enough. The bound is in the picture where that leaves room for the curves.
 */
export const objectiveRange = (
  curves: Curves,
  bound: number | null,
): { readonly low: number; readonly high: number; readonly showsBound: boolean } => {
  const ends = curves.solves.flatMap(({ points }) => points.at(-1)?.objective ?? []);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const reach = Math.max(1.5 * (most - least), 0.02 * Math.max(Math.abs(most), Math.abs(least)), 1e-6);
  const all = curves.solves.flatMap(({ points }) => points.map(({ objective }) => objective));
  const low = Math.max(Math.min(...all), most - reach);
  const high = Math.min(Math.max(...all), least + reach);
  const room = 0.08 * Math.max(high - low, reach / 4);
  const near = bound !== null && bound >= least - 2 * reach && bound <= most + 2 * reach;
  return {
    low: (near ? Math.min(low, bound) : low) - room,
    high: (near ? Math.max(high, bound) : high) + room,
    showsBound: near,
  };
};

/** Heights of labels that want to stand at `wanted`, moved apart by at least `gap`, order kept, inside 0..`height`. */
export const spread = (wanted: readonly number[], gap: number, height: number): number[] => {
  const order = wanted.map((_, index) => index).toSorted((a, b) => wanted[a] - wanted[b]);
  const placed = wanted.slice();
  for (const [rank, index] of order.entries()) {
    const least = rank === 0 ? 0 : placed[order[rank - 1]] + gap;
    placed[index] = Math.max(least, wanted[index]);
  }
  // What was pushed out below moves back up, and what is in its way with it.
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const most = rank === order.length - 1 ? height : placed[order[rank + 1]] - gap;
    placed[order[rank]] = Math.min(most, placed[order[rank]]);
  }
  return placed;
};
