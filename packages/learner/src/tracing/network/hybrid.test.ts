import { describeTracingModel } from '../testing/conformance.ts';
import { hybridTracing } from './hybrid.ts';

describeTracingModel(hybridTracing);
