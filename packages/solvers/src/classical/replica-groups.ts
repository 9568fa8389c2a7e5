/**
 * Several annealers of one model as one population: more replicas than SIMD lanes. Replicas are numbered through all
 * groups, and copied from any to any.
 */
import { copyReplica, type ReplicaAnnealer, replicaAnnealerSteps, type Steps } from '@qurriculum/kernels';
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import { mixSeed } from '@qurriculum/random';

export interface ReplicaGroups {
  readonly groups: readonly ReplicaAnnealer[];
  /** In all. */
  readonly replicas: number;
  /** Starts every replica at random, the first ones from the spins given. */
  start(seed: number, spins?: readonly Int32Array[]): void;
  /** Of every replica; reused by the next call. */
  energies(): Float64Array;
  spins(replica: number): Int32Array;
  copy(from: number, to: number): void;
}

/** An annealer of 'many' replicas, and as many more like it as make `count`. */
export function* replicaGroupsSteps(
  spin: BinaryQuadraticModel,
  first: ReplicaAnnealer,
  count: number,
): Steps<ReplicaGroups> {
  const all = [first];
  while (all.length < count) all.push(yield* replicaAnnealerSteps(spin, { width: first.width, replicas: 'many' }));
  return replicaGroups(all);
}

export function replicaGroups(groups: readonly ReplicaAnnealer[]): ReplicaGroups {
  const each = groups[0].replicas;
  const energies = new Float64Array(groups.length * each);
  const groupOf = (replica: number): ReplicaAnnealer => groups[Math.floor(replica / each)];
  return {
    groups,
    replicas: energies.length,
    start(seed, spins = []) {
      for (const [k, group] of groups.entries()) {
        group.start(k === 0 ? seed : mixSeed(seed, 'group', k), spins.slice(k * each, (k + 1) * each));
      }
    },
    energies() {
      for (const [k, group] of groups.entries()) energies.set(group.energies(), k * each);
      return energies;
    },
    spins: (replica) => groupOf(replica).spins(replica % each),
    copy(from, to) {
      const [source, target] = [groupOf(from), groupOf(to)];
      if (source === target) source.copy(from % each, to % each);
      else copyReplica(source, from % each, target, to % each);
    },
  };
}
