/** `assess simulate`: compares rules of adaptive tests on simulated learners. */
import {
  type AssessmentSimulation,
  bankKinds,
  drawBank,
  exposureControls,
  ruleRefusal,
  type SelectionRule,
  type SimulationOptions,
  selectionRules,
  simulateAssessments,
} from '@qurriculum/decisions';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { choiceOption, flag, listOption, numberOption } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';

export const assessSimulate: Command = {
  name: 'assess simulate',
  summary: 'Compares rules that choose the next question, on simulated learners.',
  usage: '[--items N] [--rule NAME,...] [--kind ability|diagnosis] [--exposure CONTROL]',
  details: [
    'Every simulated learner takes a test of at most N items under each rule, out of the same simulated bank and with the',
    'same luck. The yardstick is a form of 40 items (--reference) drawn at random for each learner: "to match" is after how',
    'many items a rule is as sure. Ability: uncertainty is the standard error; diagnosis: the expected share of attributes',
    'classified wrongly.',
    '',
    'Example: qurriculum assess simulate --items 20 --rule information,random --exposure sympson-hetter --json',
  ].join('\n'),
  options: {
    items: { type: 'string', value: 'N', description: 'items each learner is asked at most (default 20)' },
    rule: {
      ...{ type: 'string', value: 'NAME,...', variadic: true },
      description: `rules: ${selectionRules.join(', ')} (default: all that serve the kind)`,
    },
    kind: { type: 'string', value: 'KIND', description: 'what is found out: ability (default) or diagnosis' },
    bank: { type: 'string', value: 'N', description: 'items in the bank (default 300)' },
    learners: { type: 'string', value: 'N', description: 'simulated learners (default 500)' },
    reference: { type: 'string', value: 'N', description: 'length of the random form (default 40)' },
    exposure: {
      ...{ type: 'string', value: 'CONTROL' },
      description: `${exposureControls.join(', ')} (default none); all but none keep the cap`,
    },
    'most-exposure': {
      type: 'string',
      value: 'SHARE',
      description: 'cap on the share of learners per item (default .25)',
    },
    balance: { type: 'boolean', description: 'keep content areas in balance' },
    'standard-error': { type: 'string', value: 'X', description: 'stop at this standard error of ability' },
    certainty: { type: 'string', value: 'P', description: 'stop when every classification is this sure, .5 to 1' },
    seed: { type: 'string', value: 'N', description: 'seed of bank, learners and answers (default 0)' },
  },
  async run(context) {
    const options = readOptions(context);
    const { learners, items, seed = 0 } = options;
    const subject = options.rules.join(', ');
    const about = { kind: 'simulate', subject, seed, budget: { learners, items } } as const;
    const { value, run } = await recordedRun(about, async () => {
      const simulation = await simulateAssessments({
        ...options,
        signal: context.signal,
        onProgress: (fraction) => context.progress('Simulating tests', fraction),
      });
      const result = simulation.rules.map(({ trace: _, ...figures }) => ({ ...figures }));
      const inputs = [{ name: `simulated ${simulation.kind} bank`, rows: simulation.bank, simulated: true }];
      return { value: simulation, inputs, result };
    });
    return { json: { ...value, simulated: true, run }, text: describe(value) };
  },
};

function readOptions(context: CommandContext): SimulationOptions & { readonly learners: number } {
  const whole = { least: 1, integer: true } as const;
  const kind = choiceOption(context, 'kind', bankKinds, 'ability');
  const bank = numberOption(context, 'bank', 300, { ...whole, most: 5000 });
  const items = numberOption(context, 'items', Math.min(20, bank), { ...whole, most: bank });
  return {
    ...{ kind, bank, items, rules: rulesOf(context, kind) },
    learners: numberOption(context, 'learners', 500, { ...whole, most: 100_000 }),
    reference: numberOption(context, 'reference', Math.min(40, bank), { ...whole, most: bank }),
    exposure: choiceOption(context, 'exposure', exposureControls, 'none'),
    mostExposure: numberOption(context, 'most-exposure', 0.25, { least: 0.01, most: 1 }),
    balance: flag(context, 'balance'),
    stop: {
      standardError: numberOption(context, 'standard-error', undefined, { least: 0 }),
      certainty: numberOption(context, 'certainty', undefined, { least: 0.5, most: 1 }),
    },
    seed: numberOption(context, 'seed', 0, { least: 0, integer: true }),
  };
}

/** Rules by name, separated by commas or spaces; all that can serve the kind when none is named. */
function rulesOf(context: CommandContext, kind: (typeof bankKinds)[number]): readonly SelectionRule[] {
  const { model } = drawBank(kind, 1, 0);
  const names = listOption(context, 'rule').flatMap((text) => text.split(',').map((name) => name.trim()));
  if (names.length === 0) return selectionRules.filter((rule) => ruleRefusal(rule, model) === null);
  return [...new Set(names)].map((name) => {
    const rule = selectionRules.find((known) => known === name);
    if (rule === undefined) {
      throw new UsageError(`--rule: expected some of ${selectionRules.join(', ')}, got "${name}".`);
    }
    const refusal = ruleRefusal(rule, model);
    if (refusal !== null) throw new UsageError(`--rule: expected rules for ${kind}, got "${name}": ${refusal}.`);
    return rule;
  });
}

function describe({ kind, bank, learners, reference, exposure, rules }: AssessmentSimulation): string {
  const show = (value: number | null, digits = 3) =>
    value === null ? '-' : value.toFixed(digits).replace(/^0\./, '.');
  const rows = rules.map((figures) => [
    ...[figures.rule, figures.items.toFixed(1), show(figures.uncertainty)],
    ...[show(kind === 'ability' ? figures.rmse : figures.accuracy)],
    figures.itemsToMatch === null
      ? 'never'
      : `${figures.itemsToMatch} (${(100 * (figures.shareToMatch ?? 0)).toFixed(0)} %)`,
    ...[`${(100 * figures.mostExposed).toFixed(0)} %`, `${figures.unused}`, show(figures.overlap, 2)],
  ]);
  const head = [
    'rule',
    'items',
    'uncertainty',
    kind === 'ability' ? 'RMSE' : 'accuracy',
    'to match',
    'most exposed',
    'unused',
    'overlap',
  ];
  return [
    `SIMULATED: ${learners} learners, bank of ${bank} items, ${kind}; exposure control: ${exposure}.`,
    `A form of ${reference.items} items drawn at random: uncertainty ${show(reference.uncertainty)}.`,
    '',
    textTable([head, ...rows], new Set([1, 2, 3, 4, 5, 6, 7])),
  ].join('\n');
}
