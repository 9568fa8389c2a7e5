/** What items can tell of misconceptions, before and after anybody answered: too few options, look-alikes, how many hold one. */
import type { Diagnosis } from './diagnose.ts';
import type { MisconceptionItem } from './misconceptions.ts';

export type MisconceptionFindingCode = 'no-option' | 'few-items' | 'looks-like-lacking';

export interface MisconceptionFinding {
  readonly code: MisconceptionFindingCode;
  readonly misconception: string;
  readonly items: readonly string[];
  readonly message: string;
}

/** As many chances to show it as Chen, Liu, Xu & Ying (2015, JASA 110, 850-866, theorem 1) ask of an attribute. */
const ENOUGH_ITEMS = 3;

/**
 * What cannot be told apart, or only by few answers. 'no-option': no option shows it; 'few-items': fewer than three items
 * do; 'looks-like-lacking': wherever it can be shown there is no other wrong option, so that whoever lacks the skill
 * answers alike.
 */
export function checkMisconceptions(
  items: readonly MisconceptionItem[],
  misconceptions: readonly string[],
): MisconceptionFinding[] {
  return misconceptions.flatMap((misconception) => {
    const showing = items.filter((item) => wrongOptions(item).includes(misconception));
    const names = showing.map(({ name }) => name);
    const found = (code: MisconceptionFindingCode, message: string): MisconceptionFinding => ({
      ...{ code, misconception, items: names, message: `misconceptions: ${message}` },
    });
    if (showing.length === 0) {
      return [
        found('no-option', `expected an option that shows "${misconception}", got none; add one or leave it out.`),
      ];
    }
    const few =
      showing.length >= ENOUGH_ITEMS
        ? []
        : [
            found(
              'few-items',
              `expected ${ENOUGH_ITEMS} items that show "${misconception}", got ${showing.length} (${names.join(', ')}); add items.`,
            ),
          ];
    const alone = showing.every((item) => wrongOptions(item).every((shown) => shown === misconception));
    if (alone) {
      const got = 'only options of its own: who lacks the skill answers alike';
      return [
        ...few,
        found(
          'looks-like-lacking',
          `expected another wrong option beside "${misconception}", got ${got}; add options.`,
        ),
      ];
    }
    return few;
  });
}

/** The misconception of each wrong option, null where it shows none. */
function wrongOptions({ options }: MisconceptionItem): (string | null)[] {
  return options.flatMap((option) => (option === 'right' ? [] : option === 'wrong' ? [null] : [option.misconception]));
}

/** How many of some learners hold an attribute. */
export interface Holders {
  readonly mean: number;
  /** Central 95 %, given the fitted model: what is uncertain is who of these learners holds it. */
  readonly low: number;
  readonly high: number;
  readonly learners: number;
}

/**
 * sum_i p_i with the normal interval of a sum of independent yes or no, variance sum_i p_i (1 - p_i) (Poisson binomial),
 * within 0 and the number of learners. `learners`: rows of the table; default all.
 */
export function expectedHolders(
  { mastery }: Pick<Diagnosis, 'mastery'>,
  attributes: number,
  attribute: number,
  learners: Iterable<number> = Array(mastery.length / attributes).keys(),
): Holders {
  let mean = 0;
  let variance = 0;
  let count = 0;
  for (const i of learners) {
    const p = mastery[i * attributes + attribute];
    mean += p;
    variance += p * (1 - p);
    count++;
  }
  const half = 1.96 * Math.sqrt(variance);
  return { mean, low: Math.max(0, mean - half), high: Math.min(count, mean + half), learners: count };
}
