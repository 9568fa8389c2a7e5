/** What each tracing model is, in words for people who choose between them. */

export interface TracingModelDescription {
  readonly kind: 'hidden state' | 'regression' | 'neural network' | 'quantum probability';
  /** One plain sentence. */
  readonly description: string;
  /** The model of the same size and form that it has to be compared with before anybody believes in its form. */
  readonly twin?: string;
}

const descriptions: Readonly<Record<string, TracingModelDescription>> = {
  bkt: {
    kind: 'hidden state',
    description: 'A skill is known or not; it is learned with a chance at every answer (Bayesian knowledge tracing).',
  },
  'bkt-forget': {
    kind: 'hidden state',
    description: 'Bayesian knowledge tracing in which a known skill can be forgotten.',
  },
  'bkt-individual': {
    kind: 'hidden state',
    description:
      'Bayesian knowledge tracing with learners who differ in what they know at first and how fast they learn.',
  },
  engagement: {
    kind: 'hidden state',
    description:
      'Bayesian knowledge tracing that counts quick guesses for what they are, by response times, pauses, hints and self-reports.',
  },
  hmm3: { kind: 'hidden state', description: 'Three levels of a skill, with chances to move between any two.' },
  hmm4: { kind: 'hidden state', description: 'Four levels of a skill, with chances to move between any two.' },
  hqmm: {
    kind: 'quantum probability',
    description:
      'The state of a skill is one simulated qubit that every answer changes (hidden quantum Markov model); runs on ordinary computers.',
    twin: 'hmm4',
  },
  pfa: {
    kind: 'regression',
    description: 'Counts of right and wrong answers per skill (performance factors analysis).',
  },
  'best-lr': {
    kind: 'regression',
    description: 'Item, skill, and counts of right and wrong answers by skill and in all.',
  },
  das3h: { kind: 'regression', description: 'Counts in windows of time, so that old practice weighs less.' },
  'features-lr': {
    kind: 'regression',
    description: 'Many features of the answers so far: rates, runs, recency, and how hard the item was for others.',
  },
  hybrid: {
    kind: 'neural network',
    description: 'A small network that remembers the sequence of answers, beside the features of features-lr.',
  },
};

/** The words for a registered model. */
export function describeTracingModel(name: string): TracingModelDescription {
  const found = Object.hasOwn(descriptions, name) ? descriptions[name] : undefined;
  if (found === undefined) {
    throw new RangeError(
      `describeTracingModel: expected one of ${Object.keys(descriptions).join(', ')}, got "${name}"; choose one of them.`,
    );
  }
  return found;
}
