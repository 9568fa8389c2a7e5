export type { BinaryQuadraticModel, BqmInput, PairColumns, PairEntry, Vartype } from './bqm.ts';
export { createBqm } from './bqm.ts';
export type { FixedBqm } from './bqm-operations.ts';
export { bqmEnergy, bqmFlipDelta, convertValues, fixVariables, toVartype, toVartypeSteps } from './bqm-operations.ts';
export { contractVariables, flipVariables } from './bqm-substitution.ts';
export { bqmToCqm, bqmToCqmSteps } from './bqm-to-cqm.ts';
export type {
  ConstrainedQuadraticModel,
  Constraint,
  ConstraintInput,
  CqmInput,
  CqmVariable,
  LinearConstraint,
  PairTerms,
  QuadraticConstraint,
  QuadraticInput,
  VariableReference,
} from './cqm.ts';
export { binary, createCqm, integer } from './cqm.ts';
export type { FixedCqm } from './cqm-fixing.ts';
export { fixCqmVariables } from './cqm-fixing.ts';
export type { ConstraintReport, Violation } from './cqm-operations.ts';
export {
  constraintReport,
  cqmEnergy,
  cqmViolations,
  FEASIBILITY_TOLERANCE,
  linearRowsRefusal,
  rowActivity,
  rowExcess,
  rowTolerance,
} from './cqm-operations.ts';
export type { ConvertedCqm, CqmToBqmOptions } from './cqm-to-bqm.ts';
export { cqmToBqm, cqmToBqmSteps } from './cqm-to-bqm.ts';
export { ProblemError, type ProblemErrorCode } from './errors.ts';
export { assignmentModel, readAssignment, writeAssignment } from './files/assignment-file.ts';
export { readOceanJson, writeOceanJson } from './files/json-file.ts';
export { parseJson } from './files/json-syntax.ts';
export { isObject, shown } from './files/json-values.ts';
export { fileError, readWhole, type Token, tokensOf } from './files/lines.ts';
export { readLp, writeLp } from './files/lp-file.ts';
export type { OceanFileOptions } from './files/ocean/bqm-file.ts';
export { readOceanBqm, writeOceanBqm } from './files/ocean/bqm-file.ts';
export { type ByteSource, byteSource } from './files/ocean/bytes.ts';
export { readOceanCqm } from './files/ocean/cqm-reader.ts';
export { countBiases, writeOceanCqm } from './files/ocean/cqm-writer.ts';
export { readZip } from './files/ocean/zip-reader.ts';
export { type ZipEntry, zipStored } from './files/ocean/zip-writer.ts';
export type { BinaryFormat, BqmFile, FileFormat, ProblemFile, TextFormat } from './files/problem-file.ts';
export { FILE_FORMATS } from './files/problem-file.ts';
export {
  fileObjective,
  isBinaryFormat,
  readBqp,
  readMaxCut,
  readProblemBytes,
  readProblemFile,
  writeBqp,
  writeMaxCut,
  writeProblemFile,
} from './files/problem-files.ts';
export { readQubo, writeQubo } from './files/qubo-file.ts';
export type { PenaltyResult, PenaltyRounds, RefineOptions } from './penalties.ts';
export { refinePenalties, sampleByPenalties } from './penalties.ts';
export { problemHash } from './problem-hash.ts';
export { problemEnergy, problemViolations, requireSample, variableCount } from './problem-operations.ts';
export type { RoofDual } from './roof-duality.ts';
export { roofDuality } from './roof-duality.ts';
export type { SamplePool, SampleSetDetails } from './sample-set.ts';
export {
  aggregateSamples,
  bestFeasible,
  compareSamples,
  createSamplePool,
  createSampleSet,
  evaluateSample,
  sampleSetOf,
  ZERO_COST,
} from './sample-set.ts';
export { boundedBinary, conversionRefusal, greedyBits } from './slack.ts';
export type {
  Platform,
  PlatformWorker,
  Problem,
  Sample,
  SampleSet,
  SolveCost,
  SolveOptions,
  SolveProgress,
  Solver,
  SolverKind,
  WorkerPort,
} from './solver.ts';
export { runSteps, type Steps } from './steps.ts';
