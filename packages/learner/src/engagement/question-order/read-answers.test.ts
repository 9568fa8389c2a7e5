import { describe, expect, it } from 'vitest';
import { readQuestionOrder } from './read-answers.ts';

const read = (text: string) => readQuestionOrder('poll.csv', text);

describe('readQuestionOrder', () => {
  const expected = {
    aFirst: { yesYes: 2, yesNo: 1, noYes: 0, noNo: 0 },
    bFirst: { yesYes: 0, yesNo: 0, noYes: 3, noNo: 1 },
  };

  it.each([
    ['counts', 'order,liked,useful,count\nliked,yes,yes,2\nA,yes,no,1\nuseful,no,yes,3\nBA,0,0,1\n'],
    [
      'a row per person, by semicolons',
      `first;liked;useful\r\n${'AB;1;1\r\n'.repeat(2)}AB;1;0\r\n${'BA;0;1\r\n'.repeat(3)}BA;0;0\r\n`,
    ],
  ])('reads %s', (_, text) => {
    expect(read(text)).toEqual({ questions: ['liked', 'useful'], counts: expected });
  });

  it.each([
    ['order,a\nA,1', /expected the columns order, two questions and perhaps count, got order, a in poll.csv/],
    ['', /got no header in poll.csv/],
    ['order,a,b\nC,1,0', /expected a or b \(or A or B\) as order, got "C" at poll.csv:2/],
    ['order,a,b\nA,1,0\nB,maybe,0', /expected yes or no as a, got "maybe" at poll.csv:3/],
    ['order,a,b,n\nA,1,0,1.5', /expected a whole number of people as n, got "1.5" at poll.csv:2/],
    ['order,a,b,n\nA,1,0,', /expected a whole number of people as n, got nothing at poll.csv:2/],
    ['order,a,b\nA,"1,0', /quotes that do not match in poll.csv/],
  ])('refuses %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
