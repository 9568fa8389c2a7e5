/** Feature statistics as JSON: labels and whole counts; pairs met once are left out, because features do not use them. */
import type { ModelJsonReader } from '../model-json.ts';
import { createPairIndexBuilder } from './features-pairs.ts';
import {
  attemptBins,
  type Counts,
  type FeatureStatistics,
  outcomePairs,
  outcomeStates,
} from './features-statistics.ts';

export function featureStatisticsToJson({ items, skills, skillSets, itemSet, pairs, counts }: FeatureStatistics) {
  const kept = [...pairs.keys.keys()].filter((position) => counts.pair.answers[position] >= 2);
  return {
    ...{ items, skills, skillSets, itemSet: [...itemSet] },
    skill: toJson(counts.skill),
    setByAttempt: toJson(counts.setByAttempt),
    setByOutcomes: toJson(counts.setByOutcomes),
    itemByPrevious: toJson(counts.itemByPrevious),
    itemBySeen: toJson(counts.itemBySeen),
    pairKeys: kept.map((position) => pairs.keys[position]),
    pair: toJson({
      answers: Float64Array.from(kept, (position) => counts.pair.answers[position]),
      right: Float64Array.from(kept, (position) => counts.pair.right[position]),
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
  return {
    ...{ items, skills, skillSets: sets, itemSet, pairs: builder.build() },
    counts: {
      skill: read('skill', skills.length),
      setByAttempt: read('setByAttempt', sets.length * attemptBins),
      setByOutcomes: read('setByOutcomes', sets.length * outcomePairs),
      itemByPrevious: read('itemByPrevious', items.length * outcomeStates),
      itemBySeen: read('itemBySeen', items.length * outcomeStates),
      pair: read('pair', keys.length),
    },
  };
}

function toJson({ answers, right }: Counts) {
  return { answers: [...answers], right: [...right] };
}

function countsFromJson(json: unknown, name: string, cells: number, reader: ModelJsonReader): Counts {
  const { answers, right } = reader.record(json, `counts ${name}`);
  const counts = {
    answers: Float64Array.from(reader.numbers(answers, `answers of ${name}`, cells)),
    right: Float64Array.from(reader.numbers(right, `right answers of ${name}`, cells)),
  };
  if (counts.right.some((n, cell) => n < 0 || n > counts.answers[cell])) {
    reader.fail(`right answers within answers in ${name}`, 'others');
  }
  return counts;
}
