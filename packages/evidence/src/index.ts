export { addCosts, type Clock, type CostComparison, compareCosts, startStopwatch } from './cost.ts';
export { EvidenceError, type EvidenceErrorCode } from './errors.ts';
export {
  canonicalJson,
  createSha256,
  describeBytes,
  hashJson,
  type InputFacts,
  type Sha256Stream,
  sha256Hex,
} from './provenance.ts';
export {
  createRunRecord,
  type Json,
  noCost,
  type Provenance,
  parseRunRecord,
  type RunCost,
  type RunDescription,
  type RunRecord,
  type RunStamp,
  restsOnSimulation,
  runRecordJsonSchema,
} from './run-record.ts';
