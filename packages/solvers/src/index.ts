export type { AnnealOptions } from './classical/anneal.ts';
export { createAnnealSolver } from './classical/anneal.ts';
export type { BetaRange, ScheduleShape } from './classical/beta-schedule.ts';
export { createBifurcateSolver } from './classical/bifurcate.ts';
export type { CqmAnnealer, CqmAnnealOptions, CqmAnnealResult } from './classical/cqm-anneal.ts';
export { annealCqm, createCqmAnnealer } from './classical/cqm-anneal.ts';
export type { AssignInfo } from './classical/cqm-assign.ts';
export { createAssignSolver } from './classical/cqm-assign.ts';
export { createSqaSolver } from './classical/sqa.ts';
export { createSwapAnnealSolver } from './classical/swap-anneal.ts';
export { createTabuSolver } from './classical/tabu.ts';
export type { TemperOptions } from './classical/temper.ts';
export { createTemperSolver } from './classical/temper.ts';
export type { ConflictOptions } from './exact/conflicts.ts';
export { findConflict } from './exact/conflicts.ts';
export { createExhaustiveSolver } from './exact/exhaustive.ts';
export type { HighsOptions } from './exact/highs.ts';
export { createHighsSolver } from './exact/highs.ts';
export type { HybridOptions } from './hybrid/hybrid.ts';
export { createHybridSolver } from './hybrid/hybrid.ts';
export type { HybridImprovement, HybridInfo } from './hybrid/neighbourhood-search.ts';
export type { NeighbourhoodOptions } from './hybrid/neighbourhood-solver.ts';
export { createNeighbourhoodSolver } from './hybrid/neighbourhood-solver.ts';
export type { StartName } from './hybrid/start.ts';
export type { SubSolver, SubSolverName } from './hybrid/sub-solver.ts';
export { createUniformSolver } from './hybrid/uniform.ts';
export type { AutoEntry, AutoInfo } from './portfolio/auto.ts';
export { createAutoSolver } from './portfolio/auto.ts';
export type { RemoteSolverOptions, Solvers } from './portfolio/solvers.ts';
export { createSolvers, pickSolver } from './portfolio/solvers.ts';
export type { QaoaSolverOptions } from './quantum/qaoa.ts';
export { createQaoaSolver, MOST_QAOA_QUBITS } from './quantum/qaoa.ts';
export type { QaoaInfo } from './quantum/qaoa-info.ts';
export { createRecursiveQaoaSolver, MOST_RECURSIVE_QUBITS } from './quantum/recursive-qaoa.ts';
export { cliqueEmbedding } from './remote/dwave/clique.ts';
export type { DWaveHybridOptions } from './remote/dwave/dwave-hybrid.ts';
export { createDWaveHybridBqmSolver, createDWaveHybridCqmSolver } from './remote/dwave/dwave-hybrid.ts';
export type { DWaveQpuOptions } from './remote/dwave/dwave-qpu.ts';
export { createDWaveQpuSolver } from './remote/dwave/dwave-qpu.ts';
export type { ChainRepair } from './remote/dwave/embedded-model.ts';
export type { Embedding, EmbeddingOptions } from './remote/dwave/embedding.ts';
export { embeddingFault, findEmbedding } from './remote/dwave/embedding.ts';
export type { TargetGraph } from './remote/dwave/graph.ts';
export { createTargetGraph } from './remote/dwave/graph.ts';
export type { Topology } from './remote/dwave/topology.ts';
export type { BraketClient, BraketDevice, BraketOptions } from './remote/gate/braket.ts';
export { createBraketSolver } from './remote/gate/braket.ts';
export type { IbmOptions } from './remote/gate/ibm.ts';
export { createIbmSolver } from './remote/gate/ibm.ts';
export type { IbmAccountOptions } from './remote/gate/ibm-account.ts';
export type { IonQOptions } from './remote/gate/ionq.ts';
export { createIonQSolver } from './remote/gate/ionq.ts';
export type { Machine, PhysicalCircuit } from './remote/gate/transpile.ts';
export { transpile } from './remote/gate/transpile.ts';
export type {
  CostEstimate,
  ExpectedUse,
  JobHandle,
  JobResult,
  JobStatus,
  PreparedJob,
  RemoteService,
} from './remote/job.ts';
export type { PriceTable, SpendingLimits, UnitPrices } from './remote/prices.ts';
export { admitCost, PRICES } from './remote/prices.ts';
export type { RemoteErrorCode } from './remote/remote-error.ts';
export { RemoteError } from './remote/remote-error.ts';
export type { RemoteOptions, RemoteSolver } from './remote/remote-solver.ts';
export { createRemoteSolver } from './remote/remote-solver.ts';
export type { SolveClock } from './solve-clock.ts';
export { readWork, requireSolvable, startClock } from './solve-clock.ts';
export type { EnergyPoint, SolveTrace } from './solve-trace.ts';
export { createSolveTrace } from './solve-trace.ts';
