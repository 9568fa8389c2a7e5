/** Dijkstra's algorithm from a set of qubits, where going INTO a qubit costs its weight. Memory is reused. */
import type { TargetGraph } from './graph.ts';

export interface PathFinder {
  /**
   * After the call: least cost of a path from the sources to each qubit (0 at the sources, infinite where none leads),
   * and the qubit before it on that path (-1 at the sources). Overwritten by the next call with the same slot.
   */
  run(sources: Iterable<number>, weight: Float64Array, slot: number): Paths;
}

export interface Paths {
  readonly cost: Float64Array;
  readonly previous: Int32Array;
}

export function createPathFinder({ qubits, rowStart, neighbour }: TargetGraph): PathFinder {
  const size = qubits.length;
  const slots: { cost: Float64Array; previous: Int32Array }[] = [];
  // Entries that a cheaper path has overtaken stay in the heap: at most one per coupler and direction.
  const heapCost = new Float64Array(size + neighbour.length + 1);
  const heapQubit = new Int32Array(heapCost.length);
  let length = 0;

  function push(cost: number, qubit: number): void {
    let at = length++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heapCost[parent] <= cost) break;
      heapCost[at] = heapCost[parent];
      heapQubit[at] = heapQubit[parent];
      at = parent;
    }
    heapCost[at] = cost;
    heapQubit[at] = qubit;
  }

  /** Takes the root away. */
  function pop(): void {
    const cost = heapCost[--length];
    const qubit = heapQubit[length];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && heapCost[child + 1] < heapCost[child]) child++;
      if (heapCost[child] >= cost) break;
      heapCost[at] = heapCost[child];
      heapQubit[at] = heapQubit[child];
      at = child;
    }
    heapCost[at] = cost;
    heapQubit[at] = qubit;
  }

  return {
    run(sources, weight, slot) {
      while (slots.length <= slot) slots.push({ cost: new Float64Array(size), previous: new Int32Array(size) });
      const { cost, previous } = slots[slot];
      cost.fill(Number.POSITIVE_INFINITY);
      previous.fill(-1);
      length = 0;
      for (const qubit of sources) {
        cost[qubit] = 0;
        push(0, qubit);
      }
      while (length > 0) {
        const reached = heapCost[0];
        const qubit = heapQubit[0];
        pop();
        if (reached > cost[qubit]) continue;
        for (let k = rowStart[qubit]; k < rowStart[qubit + 1]; k++) {
          const next = neighbour[k];
          const through = reached + weight[next];
          if (through < cost[next]) {
            cost[next] = through;
            previous[next] = qubit;
            push(through, next);
          }
        }
      }
      return { cost, previous };
    },
  };
}
