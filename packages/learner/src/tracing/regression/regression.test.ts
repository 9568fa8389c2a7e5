import { describeTracingModel } from '../testing/conformance.ts';
import { bestLogisticRegression, das3h, performanceFactors } from './count-models.ts';
import { featuresRegression } from './features-lr.ts';

describeTracingModel(() => performanceFactors());
describeTracingModel(() => bestLogisticRegression());
describeTracingModel(() => das3h());
describeTracingModel(() => featuresRegression());
