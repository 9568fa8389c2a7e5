/**
 * HiGHS (Huangfu and Hall 2018; WebAssembly build of the `highs` package) in a worker of its own, since its solve blocks.
 * Loaded once, then reused; every model is disposed. Answers come in the order of requests.
 */
import { serveInBrowserWorker } from '@qurriculum/kernels';
import type { WorkerPort } from '@qurriculum/problems';
import highsPackage, { type Highs, type Model } from 'highs';
import type { HighsAnswer, HighsReply, HighsRequest } from './highs-messages.ts';
import type { LinearModel } from './linearise.ts';

// The package's types describe its CommonJS half, where the loader is `default` of the export; the ES module is the loader.
const loadHighs = highsPackage as unknown as typeof highsPackage.default;

/** Starts answering requests that come through the port. */
export function serve(port: WorkerPort): void {
  const loading = loadHighs();
  port.onMessage((message) => {
    const reply = (value: HighsReply): void => port.postMessage(value);
    loading
      .then((highs) => reply(solve(highs, message as HighsRequest, reply)))
      .catch((error: unknown) => reply({ kind: 'failure', message: String(error) }));
  });
}

function solve(highs: Highs, request: HighsRequest, reply: (value: HighsReply) => void): HighsAnswer {
  const model = highs.createModel();
  try {
    pass(model, request.model);
    model.options.set({
      output_flag: false,
      // The default relative gap of 1e-4 would be called "Optimal" without a proof.
      mip_rel_gap: 0,
      random_seed: request.seed,
    });
    if (request.timeLimit !== null) model.options.set('time_limit', request.timeLimit);
    if (request.nodeLimit !== null) model.options.set('mip_max_nodes', request.nodeLimit);
    if (request.start) model.setSolution({ colValue: request.start });
    run(highs, model, request, reply);
    return conclude(highs, model, request);
  } finally {
    model.dispose();
  }
}

function pass(model: Model, { rowStart, rowColumn, rowValue, ...rest }: LinearModel): void {
  const [numCols, numRows] = [rest.cost.length, rest.rowLower.length];
  model.passModel({
    numCols,
    numRows,
    colCost: rest.cost,
    colLower: rest.lower,
    colUpper: rest.upper,
    rowLower: rest.rowLower,
    rowUpper: rest.rowUpper,
    integrality: rest.integrality,
    matrix: { format: 'csr', numRows, numCols, starts: rowStart, indices: rowColumn, values: rowValue },
  });
}

function run(highs: Highs, model: Model, request: HighsRequest, reply: (value: HighsReply) => void): void {
  const { mipImprovingSolution, mipInterrupt } = highs.constants.callbackType;
  let lastBound = Number.NEGATIVE_INFINITY;
  model.run({
    [mipImprovingSolution](event: { data: { mip_solution?: Float64Array } }): undefined {
      const values = event.data.mip_solution?.slice(0, request.answerColumns) ?? null;
      reply({ kind: 'progress', values, bound: null });
    },
    // Asked far more often than the logging channel speaks.
    [mipInterrupt](event: { data: { mip_dual_bound?: number } }): undefined {
      const bound = event.data.mip_dual_bound;
      if (bound === undefined || !Number.isFinite(bound) || bound <= lastBound) return;
      lastBound = bound;
      reply({ kind: 'progress', values: null, bound });
    },
  });
}

function conclude(highs: Highs, model: Model, request: HighsRequest): HighsAnswer {
  const { modelStatus, solutionStatus } = highs.constants;
  const status = model.getModelStatus();
  // All variables are bounded, so that "unbounded or infeasible" can only be the latter.
  const infeasible = status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible;
  const limits: readonly number[] = [
    modelStatus.timeLimit,
    modelStatus.iterationLimit,
    modelStatus.solutionLimit,
    modelStatus.interrupted,
    modelStatus.unknown,
  ];
  if (!infeasible && status !== modelStatus.optimal && !limits.includes(status)) {
    throw new Error(`HiGHS ended with model status ${status}`);
  }
  const hasValues = !infeasible && model.info.get('primal_solution_status') === solutionStatus.feasible;
  const bound = Number(model.info.get('mip_dual_bound'));
  return {
    kind: 'answer',
    outcome: infeasible ? 'infeasible' : status === modelStatus.optimal ? 'optimal' : 'limit',
    values: hasValues ? model.getSolution().colValue.slice(0, request.answerColumns) : null,
    bound: Number.isFinite(bound) && !infeasible ? bound : null,
    nodes: Number(model.info.get('mip_node_count')),
    version: highs.version.string,
  };
}

serveInBrowserWorker(serve);
