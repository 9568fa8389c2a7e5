/** Feature statistics as JSON: labels and whole counts; pairs met once are left out, because features do not use them. */
import type { ModelJsonReader } from '../model-json.ts';
import { featureContexts } from './features-contexts.ts';
import { createPairIndexBuilder } from './features-pairs.ts';
import { type Counts, cellsOf, type FeatureStatistics } from './features-statistics.ts';

export function featureStatisticsToJson({ items, skills, skillSets, itemSet, pairs, counts }: FeatureStatistics) {
  const kept = [...pairs.keys.keys()].filter((position) => counts.pair.answers[position] >= 2);
  return {
    ...{ items, skills, skillSets, itemSet: [...itemSet] },
    skill: toJson(counts.skill),
    contexts: counts.contexts.map(toJson),
    pairKeys: kept.map((position) => pairs.keys[position]),
    pair: toJson({
      answers: Int32Array.from(kept, (position) => counts.pair.answers[position]),
      right: Int32Array.from(kept, (position) => counts.pair.right[position]),
    }),
  };
}

/** Reads what `featureStatisticsToJson` wrote; fails through the model's reader. */
export function featureStatisticsFromJson(json: unknown, reader: ModelJsonReader): FeatureStatistics {
  const fields = reader.record(json, 'feature statistics');
  const items = reader.list(fields['items'], 'items').map((item) => reader.text(item, 'an item'));
  const skills = reader.list(fields['skills'], 'skills').map((skill) => reader.text(skill, 'a skill'));
  const sets = reader.list(fields['skillSets'], 'skill sets').map((set) => {
    const members = reader.numbers(set, 'a set of skills');
    if (members.some((member) => skills[member] === undefined)) reader.fail('sets of known skills', `${members}`);
    return members;
  });
  const itemSet = Int32Array.from(reader.numbers(fields['itemSet'], 'sets of items', items.length));
  if (itemSet.some((set) => sets[set] === undefined)) reader.fail('known sets of items', 'others');
  const keys = reader.numbers(fields['pairKeys'], 'pairs');
  const builder = createPairIndexBuilder();
  for (const key of keys) builder.add(key);
  const read = (name: string, cells: number): Counts => countsFromJson(fields[name], name, cells, reader);
  const labels = { items, skills, skillSets: sets, itemSet };
  return {
    ...{ ...labels, pairs: builder.build() },
    counts: {
      skill: read('skill', skills.length),
      contexts: contextsFromJson(fields['contexts'], labels, reader),
      pair: read('pair', keys.length),
    },
  };
}

function contextsFromJson(
  json: unknown,
  labels: Pick<FeatureStatistics, 'items' | 'skills' | 'skillSets' | 'itemSet'>,
  reader: ModelJsonReader,
): readonly Counts[] {
  const tables = reader.list(json, 'contexts');
  if (tables.length !== featureContexts.length) {
    reader.fail(`${featureContexts.length} tables of contexts`, `${tables.length}`);
  }
  return featureContexts.map((context, c) => countsFromJson(tables[c], context.name, cellsOf(context, labels), reader));
}

function toJson({ answers, right }: Counts) {
  return { answers: [...answers], right: [...right] };
}

function countsFromJson(json: unknown, name: string, cells: number, reader: ModelJsonReader): Counts {
  const { answers, right } = reader.record(json, `counts ${name}`);
  const counts = {
    answers: Int32Array.from(reader.numbers(answers, `answers of ${name}`, cells)),
    right: Int32Array.from(reader.numbers(right, `right answers of ${name}`, cells)),
  };
  if (counts.right.some((n, cell) => n < 0 || n > counts.answers[cell])) {
    reader.fail(`right answers within answers in ${name}`, 'others');
  }
  return counts;
}
