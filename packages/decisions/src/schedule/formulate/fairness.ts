/** Fairness between tutors and between groups, as squares of whole numbers or as a range. */
import { groupBy } from '../compile/rows.ts';
import type { ChoiceView, Draft, Terms } from './draft.ts';

/** The number that some terms add up to, as a variable of its own: squares of it are one term, not one per pair. */
function total(draft: Draft, name: string, terms: Terms, upper: number, value: (view: ChoiceView) => number): number {
  const variable = draft.integer(name, upper, value);
  draft.row(`${name}, counted`, [...terms, [variable, -1]], '==', 0);
  return variable;
}

export function addLoadFairness(draft: Draft, loads: ReadonlyMap<number, Terms>): void {
  const { model, compiled, cells } = draft;
  if (model.load === 0 || loads.size === 0) return;
  const cellsOf = groupBy(cells.keys(), (cell) => Math.floor(cell / model.slots));
  const loadOf = (view: ChoiceView, tutor: number): number =>
    (cellsOf.get(tutor) ?? []).filter((cell) => cells.get(cell)?.some((option) => view.has(option))).length;
  const tutors = [...loads.keys()];
  const most = Math.max(...tutors.map((tutor) => model.tutorMost[tutor]));
  if (model.loadFairness === 'range') {
    const high = draft.integer('most sessions of a tutor', most, (view) =>
      Math.max(...tutors.map((t) => loadOf(view, t))),
    );
    const low = draft.integer('least sessions of a tutor', most, (view) =>
      Math.min(...tutors.map((t) => loadOf(view, t))),
    );
    draft.cost(high, model.load);
    draft.cost(low, -model.load);
    for (const [tutor, terms] of loads) {
      const { id } = compiled.state.tutors[tutor];
      draft.row(`${id}: no more than the most`, [...terms, [high, -1]], '<=', 0);
      draft.row(`${id}: no less than the least`, [...terms, [low, -1]], '>=', 0);
    }
    return;
  }
  // sum (load - mean)^2 = sum load^2 - (sum load)^2 / tutors.
  for (const [tutor, terms] of loads) {
    const name = `sessions of ${compiled.state.tutors[tutor].id}`;
    const load = total(draft, name, terms, model.tutorMost[tutor], (view) => loadOf(view, tutor));
    draft.pair(load, load, model.load);
  }
  const limit = tutors.reduce((sum, tutor) => sum + model.tutorMost[tutor], 0);
  const terms = [...loads.values()].flat();
  const all = total(draft, 'sessions of all tutors', terms, limit, (view) =>
    tutors.reduce((sum, tutor) => sum + loadOf(view, tutor), 0),
  );
  draft.pair(all, all, -model.load / tutors.length);
}

/** sum over groups of wanted (met / wanted - metAll / wantedAll)^2, multiplied out. */
export function addAccess(draft: Draft): void {
  const { model, compiled, requestOf } = draft;
  const wantedAll = model.wanted.reduce((sum, count) => sum + count, 0);
  if (model.access === 0 || wantedAll === 0 || model.groups === 0) return;
  const options = Array.from(model.optionTutor, (_, option) => option);
  const count = (of: readonly number[]) => (view: ChoiceView) => of.filter((option) => view.has(option)).length;
  const ones = (of: readonly number[]): Terms => of.map((option) => [option, 1]);
  const all = total(draft, 'sessions of all learners', ones(options), wantedAll, count(options));
  const groupOf = (option: number): number => model.learnerGroup[model.requestLearner[requestOf[option]]];
  const names = [...new Set(compiled.state.learners.flatMap(({ group }) => (group === undefined ? [] : [group])))];
  for (const [g, name] of names.entries()) {
    const wanted = model.wanted.reduce((sum, each, l) => (model.learnerGroup[l] === g ? sum + each : sum), 0);
    if (wanted === 0) continue;
    const own = options.filter((option) => groupOf(option) === g);
    const met = total(draft, `sessions of group ${name}`, ones(own), wanted, count(own));
    draft.pair(met, met, model.access / wanted);
    draft.pair(met, all, (-2 * model.access) / wantedAll);
    draft.pair(all, all, (model.access * wanted) / wantedAll ** 2);
  }
}
