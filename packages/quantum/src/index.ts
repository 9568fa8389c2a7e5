export type { AngleObjective, QaoaAngles, QaoaGradient, QaoaObjective } from './adjoint.ts';
export { gammaUnit, interpolateAngles, linearRamp, singleLayerStart } from './angles.ts';
export { type Circuit, circuitDepth, createCircuit, gate, type Operation } from './circuit.ts';
export { costDiagonal, stateValues } from './cost-diagonal.ts';
export { type DensityMatrix, MOST_DENSITY_QUBITS, runDensityMatrix } from './density-matrix.ts';
export { QuantumError, type QuantumErrorCode } from './errors.ts';
export { fixedAngles, unitOfFixedAngles } from './fixed-angles.ts';
export { GATES, type GateName, gateMatrix, type Unitary } from './gates.ts';
export { type Coupling, type IsingCoefficients, isingCoefficients } from './ising.ts';
export { type Evaluated, type MinimiseOptions, type MinimiseStep, minimise } from './minimise.ts';
export { measureNoisy, type Noise, type NoisyRun, readBits } from './noise.ts';
export {
  createOneHotObjective,
  groupPositions,
  type OneHotObjective,
  type OneHotOptions,
  oneHotStart,
} from './one-hot.ts';
export { toOpenQasm } from './openqasm.ts';
export {
  type AngleSearchOptions,
  type AngleSearchStart,
  type AngleSearchStep,
  type AngleStart,
  optimiseAngles,
  optimiseAnglesFrom,
  optimiseAnglesInSteps,
} from './optimise-angles.ts';
export { parseOpenQasm, type QasmProgram } from './parse-openqasm.ts';
export { type PauliTerm, pauliExpectation } from './pauli.ts';
export {
  createQaoaObjective,
  createThreadedQaoaObjective,
  type QaoaOptions,
  qaoaCircuit,
  qaoaState,
} from './qaoa.ts';
export { type BitOrder, bitString, type Measurements, measure } from './sampling.ts';
export { type SingleLayerCorrelations, singleLayerCorrelations, singleLayerEnergy } from './single-layer.ts';
export {
  applyUnitary,
  createState,
  diagonalExpectation,
  MOST_QUBITS,
  runCircuit,
  type StateVector,
  squaredNorm,
} from './state-vector.ts';
export { createWarmObjective, WARM_REGULARISATION } from './warm-start.ts';
