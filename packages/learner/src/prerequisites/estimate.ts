/**
 * Estimates which skills are prerequisites of which from records, where nobody has stated them. What a prerequisite
 * does leaves traces in the order in which mastery appears: the skill that needs it is hardly ever known where it is
 * not, while the reverse happens all the time. (That asymmetry is the evidence of the ordering theory of Airasian and
 * Bart 1973, "Ordering theory: A new and useful measurement model", and of Desmarais, Maluf and Liu 1995, "User-expertise
 * modeling with empirically derived probabilistic implication networks"; here it is measured on knowledge-tracing states,
 * with practice and the learner's general standing taken out.)
 *
 * 1. Dependence: every ordered pair (a, b) that enough learners met is tested, one-sided, against the dependence of
 *    skills at large (pair-statistics.ts); pairs are kept that the procedure of Benjamini and Hochberg finds at the rate
 *    asked for.
 * 2. Implication: knowing b must imply knowing a in good part, and clearly more so than the reverse; and the mastery of b must
 *    not appear before that of a significantly more often.
 * 3. Directness: of the candidates of a skill, those that the others explain are dropped (parents.ts).
 * 4. Cycles are broken at their least certain link, and links that longer chains imply are left out.
 *
 * It finds what the records show: two skills that are always practised together cannot be told apart, and a cause that
 * is not in the records (a chapter, a teacher) may look like a prerequisite. Hence `estimated`, and a person's switch.
 */
import { breakCycles, type Prerequisite } from '@qurriculum/course';
import { normalCdf } from '@qurriculum/evidence';
import type { InteractionTable } from '../interactions.ts';
import { createPause } from '../pause.ts';
import { bayesianKnowledgeTracing } from '../tracing/bkt/bkt.ts';
import type { FittedBkt } from '../tracing/bkt/bkt-model.ts';
import { adjustForDiscoveries } from './discoveries.ts';
import { measurePairs, type PairStatistics } from './pair-statistics.ts';
import { selectParents } from './parents.ts';

export interface PrerequisiteOptions {
  /** A fitted model; without it one is fitted on the table. */
  readonly model?: FittedBkt;
  /** Expected share of false ones among the dependent pairs found, 0 to 1. Default .1. */
  readonly falseDiscoveryRate?: number;
  /** Learners who must have met both skills for a pair to be tested. Default 30. */
  readonly fewestLearners?: number;
  /** Smallest implication H of `to` on `from` that counts; 1 is a strict prerequisite. Default .3. */
  readonly smallestImplication?: number;
  /** Prerequisites of one skill, at most. Default 4. */
  readonly mostParents?: number;
  readonly signal?: AbortSignal;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** A prerequisite with the evidence for it. */
export interface EstimatedPrerequisite extends Prerequisite {
  readonly strength: 'soft';
  readonly source: 'estimated';
  /**
   * 0 to 1: (1 - adjusted p-value of the dependence) x H / (H + H of the reverse): .5 where the direction is open. For
   * ranking; not the probability that the prerequisite is real.
   */
  readonly confidence: number;
  /** Learners who answered `to` after having met `from`. */
  readonly learners: number;
  /** How nearly knowing `to` implies knowing `from`: 0 not at all, 1 always. */
  readonly implication: number;
  /** .5 where both masteries appear together, 1 where that of `from` leads in every learner. */
  readonly firstShare: number;
}

export interface PrerequisiteEstimate {
  readonly prerequisites: readonly EstimatedPrerequisite[];
  /** Ordered pairs that enough learners met. */
  readonly testedPairs: number;
  /** Skills that were looked at: those with enough learners, the most practised ones where there are more than 2,000. */
  readonly skills: number;
}

// A candidate was found among all pairs already; here it must only show beside the others.
const selectionLevel = 0.05;

// Pairs grow with the square; 2,000 skills are 16 MB of pair numbers.
const mostSkills = 2000;

export async function estimatePrerequisites(
  table: InteractionTable,
  options: PrerequisiteOptions = {},
): Promise<PrerequisiteEstimate> {
  const { falseDiscoveryRate = 0.1, fewestLearners = 30, mostParents = 4, smallestImplication = 0.3 } = options;
  const { signal, onProgress } = options;
  const pause = createPause(signal, 0);
  await pause();
  const model =
    options.model ??
    (await bayesianKnowledgeTracing().fit(table, { signal, onProgress: (done) => onProgress?.(done * 0.4) }));
  const skills = skillsWithLearners(table, fewestLearners);
  await pause();
  const statistics = measurePairs(table, model, skills, fewestLearners);
  onProgress?.(0.8);
  await pause();
  const tested = [...statistics.learners.keys()].filter((pair) => statistics.learners[pair] >= fewestLearners);
  const dependent = discoveries(tested, (pair) => dependencePValue(statistics, pair), falseDiscoveryRate);
  const oneWay = [...dependent.keys()].filter((pair) =>
    isOneWay(statistics, pair, smallestImplication, fewestLearners),
  );
  const direct = selectParents(table, model, skills, statistics, oneWay, { level: selectionLevel, mostParents });
  onProgress?.(0.95);
  await pause();
  const names = skills.map((skill) => table.skills[skill]);
  const links = direct.map(({ pair }) => describePair(statistics, pair, dependent.get(pair)!, fewestLearners, names));
  const prerequisites = reduceTransitively(withoutCycles(links));
  onProgress?.(1);
  return { prerequisites, testedPairs: tested.length, skills: skills.length };
}

/** Skills with enough learners, most learners first, at most `mostSkills`. */
function skillsWithLearners(table: InteractionTable, fewest: number): number[] {
  const last = new Int32Array(table.skills.length).fill(-1);
  const learners = new Int32Array(table.skills.length);
  const byLearner = Int32Array.from(table.learner.keys()).sort((a, b) => table.learner[a] - table.learner[b]);
  for (const row of byLearner) {
    for (const skill of table.skillSets[table.skillSet[row]]) {
      if (last[skill] === table.learner[row]) continue;
      last[skill] = table.learner[row];
      learners[skill]++;
    }
  }
  return [...learners.keys()]
    .filter((skill) => learners[skill] >= fewest)
    .sort((a, b) => learners[b] - learners[a] || a - b)
    .slice(0, mostSkills);
}

/** The pairs that are significant together at the rate, with their adjusted p-values. */
function discoveries(
  pairs: readonly number[],
  pValueOf: (pair: number) => number,
  rate: number,
): ReadonlyMap<number, number> {
  const adjusted = adjustForDiscoveries(pairs.map(pValueOf));
  return new Map(pairs.flatMap((pair, k) => (adjusted[k] <= rate ? [[pair, adjusted[k]] as const] : [])));
}

/** One-sided: does b depend on a? */
function dependencePValue({ score, scoreVariance }: PairStatistics, pair: number): number {
  return scoreVariance[pair] > 0 ? normalCdf(-score[pair] / Math.sqrt(scoreVariance[pair])) : 1;
}

// Skills with a common prerequisite depend on each other about equally both ways; in simulations true links had ratios
// from 1.7 up, and such pairs up to 1.5.
const clearlyMore = 1.5;
// Standard errors by which the mastery of the skill that should come first may lag.
const contradiction = -2;

/** Whether b known nearly implies a known, the reverse much less so, and the order of appearance does not contradict. */
function isOneWay(statistics: PairStatistics, pair: number, smallest: number, fewestLearners: number): boolean {
  const { implication, lead, leadSquares } = statistics;
  return (
    implication[pair] >= smallest &&
    implication[pair] >= clearlyMore * reverseImplication(statistics, pair, fewestLearners) &&
    lead[pair] > contradiction * Math.sqrt(leadSquares[pair])
  );
}

/** H of the reverse, at least 0; 0 where too few learners met the skills in that order to tell. */
function reverseImplication(statistics: PairStatistics, pair: number, fewestLearners: number): number {
  const { first, second, learners, implication, indexOf } = statistics;
  const reverse = indexOf(second[pair], first[pair]);
  return reverse >= 0 && learners[reverse] >= fewestLearners ? Math.max(0, implication[reverse]) : 0;
}

function describePair(
  statistics: PairStatistics,
  pair: number,
  adjusted: number,
  fewestLearners: number,
  names: readonly string[],
): EstimatedPrerequisite {
  const { first, second, learners, implication, lead, leadSize } = statistics;
  const direction = implication[pair] / (implication[pair] + reverseImplication(statistics, pair, fewestLearners));
  return {
    ...{ from: names[first[pair]], to: names[second[pair]], strength: 'soft', source: 'estimated' },
    ...{ confidence: (1 - adjusted) * direction, learners: learners[pair] },
    ...{ implication: Math.min(1, implication[pair]), firstShare: (1 + lead[pair] / leadSize[pair]) / 2 },
  };
}

function withoutCycles(links: readonly EstimatedPrerequisite[]): EstimatedPrerequisite[] {
  const names = [...new Set(links.flatMap(({ from, to }) => [from, to]))];
  const { dropped } = breakCycles(
    names.map((id) => ({ id, name: id })),
    links,
  );
  const gone = new Set<Prerequisite>(dropped.map((drop) => drop.prerequisite));
  return links.filter((link) => !gone.has(link));
}

/** Leaves out every link whose ends a longer chain connects: the transitive reduction, unique in an acyclic graph. */
function reduceTransitively(links: readonly EstimatedPrerequisite[]): EstimatedPrerequisite[] {
  const after = new Map<string, string[]>();
  for (const { from, to } of links) after.set(from, [...(after.get(from) ?? []), to]);
  return links.filter(({ from, to }) => {
    const reached = new Set<string>();
    const open = (after.get(from) ?? []).filter((next) => next !== to);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === to) return false;
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(...(after.get(next) ?? []));
    }
    return true;
  });
}
