/** The pass over a table: each learner's rows in order, with the desk laid out for each before its answer moves it. */
import type { InteractionTable } from '../../interactions.ts';
import { rowsByLearner } from '../../interactions-select.ts';
import { clearDesk, createDesk, type Desk, mostSkills, moveDesk } from './features-desk.ts';
import { longRecord, shortRecord, unknownTime } from './features-history.ts';

/** Of each item, set and skill of the table: its index in the statistics (-1 unknown), its log-odds. */
export interface WalkIndex {
  readonly item: Int32Array;
  readonly set: Int32Array;
  readonly skillOdds: Float64Array;
}

export interface TableWalk {
  /** What comes next is walked with these; forgets what learners did so far. */
  use(index: WalkIndex, expected: (desk: Desk) => number): void;
  /** Walks one learner's rows: `visit` sees the desk before each answer. */
  learner(learner: number, visit: (row: number, desk: Desk) => void): void;
}

export function createTableWalk(table: InteractionTable): TableWalk {
  const skills = createRecords(table.skills.length, longRecord);
  const sets = createRecords(table.skillSets.length, longRecord);
  const items = createRecords(table.items.length, shortRecord);
  const desk = createDesk(skills.records, sets.records, items.records);
  const { start, rows } = rowsByLearner(table);
  let index: WalkIndex;
  let expected: (desk: Desk) => number;

  function lay(row: number, before: number, learner: number): void {
    const [item, set] = [table.item[row], table.skillSet[row]];
    const members = table.skillSets[set];
    desk.skills = Math.min(mostSkills, members.length);
    for (let k = 0; k < desk.skills; k++) {
      desk.skillAt[k] = skills.at(members[k], learner);
      desk.skillOdds[k] = index.skillOdds[members[k]];
    }
    const alone = members.length === 1;
    desk.setRecords = alone ? skills.records : sets.records;
    desk.setAt = alone ? desk.skillAt[0] : sets.at(set, learner);
    desk.itemAt = items.at(item, learner);
    desk.item = index.item[item];
    desk.set = index.set[set];
    desk.sameItem = before >= 0 && table.item[before] === item;
    desk.sameSet = before >= 0 && table.skillSet[before] === set;
    desk.time = Number.isNaN(table.time[row]) ? unknownTime : table.time[row];
  }

  return {
    use(nextIndex, nextExpected) {
      index = nextIndex;
      expected = nextExpected;
      for (const records of [skills, sets, items]) records.forget();
    },
    learner(learner, visit) {
      clearDesk(desk);
      for (let k = start[learner]; k < start[learner + 1]; k++) {
        lay(rows[k], k === start[learner] ? -1 : rows[k - 1], learner);
        visit(rows[k], desk);
        moveDesk(desk, table.correct[rows[k]], expected(desk));
      }
    },
  };
}

/** A record per thing; a learner who meets the thing first finds it cleared. */
function createRecords(things: number, width: number) {
  const records = new Float64Array(things * width);
  const owner = new Int32Array(things).fill(-1);
  return {
    records,
    at(thing: number, learner: number): number {
      const at = thing * width;
      if (owner[thing] !== learner) {
        owner[thing] = learner;
        records.fill(0, at, at + width);
      }
      return at;
    },
    forget(): void {
      owner.fill(-1);
    },
  };
}
