/**
 * Plans made by hand for the constraint cases of github.com/wayne1512/ITC2019: for each one that keeps its rule and one
 * that breaks it. A class is "days start weeks", with its room behind where it has one; the first class is the same in both.
 */
export interface ConstraintCase {
  readonly file: string;
  /** Rules that the second plan breaks. */
  readonly rules: readonly string[];
  /** Classes that are the same in both plans. */
  readonly fixed: readonly string[];
  readonly kept: string;
  readonly broken: string;
}

const TERM = '1111111010111111';
const constraint = (
  file: string,
  rule: string,
  fixed: readonly string[],
  kept: string,
  broken: string,
): ConstraintCase => ({
  ...{ file, rules: rule.split('+'), fixed, kept, broken },
});

export const CONSTRAINT_CASES: readonly ConstraintCase[] = [
  // 93 to 111 and 100 to 118 overlap in the day; 150 is after both.
  constraint('DifferentTime', 'DifferentTime', [`1000000 93 ${TERM}`], `1000000 150 ${TERM}`, `1000000 100 ${TERM}`),
  // From 100 to 148 are 48 slots, from 60 to 118 are 58; 50 are allowed.
  constraint('Workday', 'WorkDay', [`1000000 100 ${TERM}`], `1000000 130 ${TERM}`, `1000000 60 ${TERM}`),
  // A class of 60 slots goes beyond 50 with any other on its day.
  constraint('WorkdayWithHugeLesson', 'WorkDay', [`1000000 100 ${TERM}`], `0100000 160 ${TERM}`, `1000000 160 ${TERM}`),
  constraint('differentDays', 'DifferentDays', [`1000000 93 ${TERM}`], `0100000 100 ${TERM}`, `1100000 100 ${TERM}`),
  constraint(
    'differentRoom',
    'double booking+DifferentRoom',
    [`1000000 93 ${TERM} 1`],
    `1100000 100 ${TERM} 2`,
    `1100000 100 ${TERM} 1`,
  ),
  constraint(
    'differentWeeks',
    'DifferentWeeks',
    [`1000000 93 ${TERM}`],
    '1000000 93 0000000101000000',
    `1000000 93 ${TERM}`,
  ),
  constraint(
    'doubleBooking',
    'double booking',
    ['1000000 93 1000000000000000 1'],
    '1110000 200 1100000000000000 1',
    '1000000 93 1000000000000000 1',
  ),
  // 90-95, 100-105 and 110-115 with gaps of 5 are one block of 25 slots; 90-95 alone and 110-125 have gaps of 15.
  constraint(
    'maxBlock',
    'MaxBlock',
    [`1000000 90 ${TERM}`, `1000000 110 ${TERM}`],
    `1000000 120 ${TERM}`,
    `1000000 100 ${TERM}`,
  ),
  // 40, 90 and 110 stand apart by more than 10: two breaks. 110-115 and 120-125 are one block.
  constraint(
    'maxBreaks',
    'MaxBreaks',
    [`1000000 90 ${TERM}`, `1000000 110 ${TERM}`],
    `1000000 120 ${TERM}`,
    `1000000 40 ${TERM}`,
  ),
  // 10 and 5 slots on the first day, or 10 and 10; 15 are allowed.
  constraint('maxDayLoad', 'MaxDayLoad', [`1000000 90 ${TERM}`], `1100000 110 ${TERM}`, `1000000 110 ${TERM}`),
  // Days 0, 1 and 3, or days 0 to 3.
  constraint('maxDays', 'MaxDays', [`1100000 93 ${TERM}`], `1001000 120 ${TERM}`, `0011000 120 ${TERM}`),
  // From 95 to 120 are 25 slots, to 100 are 5.
  constraint('minGap', 'MinGap', [`1000000 90 ${TERM}`], `1000000 120 ${TERM}`, `1000000 100 ${TERM}`),
  constraint(
    'notOverlap',
    'NotOverlap',
    ['1000000 93 1000000000000000'],
    '1110000 200 1100000000000000',
    '1000000 93 1000000000000000',
  ),
  // Same time of the day and same day, but in another week.
  constraint(
    'overlap',
    'Overlap',
    ['1000000 93 1000000000000000'],
    '1110000 90 1100000000000000',
    '1000000 93 0100000000000000',
  ),
  // Its first week is later, or the same with an earlier day.
  constraint(
    'precedenceByWeek',
    'Precedence',
    ['0001000 93 0000000011111111'],
    '0000001 95 0000000001111111',
    '1000000 90 0000000011111111',
  ),
  constraint(
    'precedenceByWeekReversed',
    'Precedence',
    ['0001000 93 0000000011111111'],
    '1000000 90 0000000111111111',
    '0000001 95 0000000011111111',
  ),
  // From the end at 110 to 130 are 20 slots, to 115 are 5; the way takes 10.
  constraint(
    'sameAttendees',
    'SameAttendees',
    [`1000000 90 ${TERM} 1`],
    `1000000 130 ${TERM} 2`,
    `1000000 115 ${TERM} 2`,
  ),
  constraint('sameDays', 'SameDays', [`1000000 93 ${TERM}`], `1100000 100 ${TERM}`, `0100000 100 ${TERM}`),
  constraint('sameRoom', 'SameRoom', [`1000000 93 ${TERM} 1`], `1100000 10 ${TERM} 1`, `1100000 10 ${TERM} 2`),
  constraint('sameStart', 'SameStart', [`1000000 93 ${TERM}`], `1000000 93 ${TERM}`, `0100000 100 ${TERM}`),
  // 96 to 106 lies within 93 to 111; 85 to 103 does not.
  constraint('sameTimeDiffLength', 'SameTime', [`1000000 93 ${TERM}`], `1000000 96 ${TERM}`, `1000000 85 ${TERM}`),
  constraint('sameTimeEqualLength', 'SameTime', [`1000000 93 ${TERM}`], `1000000 93 ${TERM}`, `1000000 100 ${TERM}`),
  constraint('sameWeeks', 'SameWeeks', [`1000000 93 ${TERM}`], `1000000 93 ${TERM}`, '1000000 93 0111111111111111'),
];

/** The plan as a solution file. */
export function planOf(lines: readonly string[]): string {
  const classes = lines.map((line, k) => {
    const [days, start, weeks, room] = line.split(' ');
    return `<class id="${k + 1}" days="${days}" start="${start}" weeks="${weeks}"${room ? ` room="${room}"` : ''}/>`;
  });
  return `<solution name="by hand">${classes.join('')}</solution>`;
}
