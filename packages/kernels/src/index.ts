export { serveInBrowserWorker, type WorkerLine } from './browser-worker.ts';
export { createDenseTabu, type DenseTabu, type DenseTabuOptions, denseTabuSteps } from './dense-tabu.ts';
export { KernelError, type KernelErrorCode } from './errors.ts';
export type { GroupGraph } from './group-mixer.ts';
export type { IsingRows, LaneWidth } from './lane-model.ts';
export type { LayeredRegister, LayeredRegisterOptions } from './layered-register.ts';
export { createMatrices, type Matrices, type MatricesOptions } from './matrix.ts';
export type { MatrixOperations, Numbers } from './matrix-operations.ts';
export type { MatrixPrecision } from './matrix-twin.ts';
export {
  createOneHotRegister,
  MOST_ONE_HOT_STATES,
  type OneHotRegister,
} from './one-hot-register.ts';
export type { Amplitudes, Precision, SplitState } from './qaoa-kernel.ts';
export {
  createQaoaRegister,
  createThreadedQaoaRegister,
  MOST_REGISTER_QUBITS,
  type QaoaRegister,
  type QaoaRegisterOptions,
  type ThreadedQaoaRegister,
} from './qaoa-register.ts';
export type { ThreadPlatform, ThreadWorker } from './qaoa-threads.ts';
export {
  copyReplica,
  createReplicaAnnealer,
  type ReplicaAnnealer,
  type ReplicaAnnealerOptions,
  replicaAnnealerSteps,
} from './replica-annealer.ts';
export { inRanges, inRows, nextTurn, runSteps, type Steps } from './steps.ts';
export type { TabuSearch, TabuWidth } from './tabu-kernel.ts';
export { createTiltedRegister, type TiltedRegister } from './tilted-register.ts';
export { cosineAndSine } from './trigonometry.ts';
export type { KernelBackend } from './wasm-module.ts';
