import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAnswer } from '../answers/check-answer.ts';
import { FormatError } from '../formats/format-error.ts';
import { publicView } from '../items/item.ts';
import type { OatutorContent, OatutorFiles } from './index.ts';
import { readOatutor } from './index.ts';
import { readTerms, readText } from './oatutor-text.ts';

const DATA = resolve(
  process.env['QURRICULUM_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data'),
  'edtech/oatutor',
);

const step = (id: string, more: object): object => ({
  id,
  stepAnswer: ['$$4x+12$$'],
  problemType: 'TextBox',
  answerType: 'arithmetic',
  stepTitle: '$$4\\left(x+3\\right)$$',
  skills: ['distribute'],
  ...more,
});
const problem = (id: string, ...steps: object[]): string =>
  JSON.stringify({
    id,
    title: 'T',
    body: 'Multiply:\\n##figure1.gif',
    license: 'https://l.org/ <CC BY 4.0>',
    oer: 'https://o.org <Book>',
    steps,
  });
const files = (...problems: string[]): OatutorFiles => ({
  coursePlan: {
    courseName: 'Course',
    courseLicense: 'https://l.org/ <CC BY 4.0>',
    courseOER: 'https://o.org <Book>',
    lessons: [
      { id: 'l1', name: 'Lesson 1', topics: 'Topic', learningObjectives: { add: 0.85, distribute: 0.9 } },
      { id: 'l2', name: 'Lesson 2', learningObjectives: { add: 0.95 } },
    ],
  },
  skillModel: { s9: ['from_model'] },
  bktParams: { add: { probMastery: 0.1, probTransit: 0.2, probSlip: 0.3, probGuess: 0.4 } },
  problems,
});

describe('readOatutor', () => {
  it('makes an item of a step, with the pathway as hints and steps', () => {
    const tutoring = {
      DefaultPathway: [
        { id: 'h1', type: 'hint', title: 'Multiply', text: 'Multiply by $$4$$, as for $5.' },
        {
          id: 'h2',
          type: 'scaffold',
          problemType: 'TextBox',
          answerType: 'arithmetic',
          hintAnswer: ['$$4x$$'],
          text: 'What is $$4$$ times $$x$$?',
        },
      ],
    };
    const { items, unmapped } = readOatutor(files(problem('p', step('s1', { tutoring }))));
    expect(unmapped).toEqual([]);
    const [item] = items;
    expect(item).toMatchObject({
      id: 's1',
      skills: ['distribute'],
      prompt: 'Multiply:\n\n$4\\left(x+3\\right)$',
      solution: '$4x+12$',
      steps: ['Multiply by $4$, as for \\$5.', 'What is $4$ times $x$? $4x$'],
      missingFigures: ['figure1.gif'],
      licence: 'CC BY 4.0 (https://l.org/)',
      credit: 'Book (https://o.org)',
    });
    expect(item.hints[0]).toEqual({ text: 'Multiply by $4$, as for \\$5.' });
    expect(checkAnswer(item.hints[1].question!.answer, '4x').correct).toBe(true);
    expect(checkAnswer(item.answer, '12+4x').correct).toBe(true);
    expect(checkAnswer(item.answer, '4(x+3)')).toMatchObject({ correct: false, formMissing: true });
    expect(JSON.stringify(publicView(item))).not.toContain('4x');
  });

  it('keeps the order and the targets of lessons, terms and parameters', () => {
    const content = readOatutor(files(problem('p', step('s9', { skills: undefined }))));
    expect(content.courseOrder).toEqual(['add', 'distribute', 'from_model']);
    expect(content.lessons[0].targets).toEqual([
      { skill: 'add', mastery: 0.85 },
      { skill: 'distribute', mastery: 0.9 },
    ]);
    expect(content.skills[0]).toEqual({ id: 'add', name: 'Add', subject: 'Course', domain: 'Topic' });
    expect(content.skills[2].name).toBe('From model');
    expect(content.tracing).toEqual([{ skill: 'add', mastery: 0.1, transit: 0.2, slip: 0.3, guess: 0.4 }]);
    expect([content.licence, content.credit]).toEqual([
      'CC BY 4.0 (https://l.org/)',
      expect.stringContaining('Book (https://o.org)'),
    ]);
  });

  it.each([
    [{ stepAnswer: ['$$\\frac{3}{4}$$'] }, '0.75', '0.8'],
    [{ stepAnswer: ['$$0.857$$'] }, '6/7', '0.8'],
    [{ stepAnswer: ['$$1.5$$'] }, '1.5', '1.54'],
    [{ stepAnswer: ['$$1.5$$'], stepBody: 'Round to one decimal place.' }, '1.54', '1.56'],
    [{ stepAnswer: ['$$y=\\frac{4}{x}$$'] }, 'y=4/x', 'xy=4'],
    [{ stepAnswer: ['$$\\frac{\\sqrt{3}}{2}$$'] }, '√3/2', '√27/6'],
    [{ stepAnswer: ['$$\\left(b-2\\right)^2$$'], stepBody: 'Factor.' }, '(b-2)(b-2)', 'b^2-4b+4'],
    [{ stepAnswer: ['14,12'], answerType: 'string' }, '14, 12', '12,14'],
    [{ stepAnswer: ['a=5, a=-3'], answerType: 'string' }, 'a=-3 or a=5', 'a=5'],
    [{ stepAnswer: ['y**4'], answerType: 'string' }, 'y^4', 'y^3'],
    [{ stepAnswer: ['(7.30,9.15)'], answerType: 'string' }, '(7.3, 9.15)', '(9.15, 7.3)'],
    [{ stepAnswer: ['x−7/4(x+3)'], answerType: 'string' }, 'x-7/4(x+3)', '(x-7)/(4x+12)'],
    [{ stepAnswer: ['Bimodal'], answerType: 'string' }, 'bimodal', 'modal'],
    [{ stepAnswer: ['42a105c'] }, '42a105c', '42a'],
    [{ stepAnswer: ['No'], problemType: 'MultipleChoice', choices: ['Yes', 'No', 'No'] }, 'b', 'a'],
  ])('maps %j', (more, right, wrong) => {
    const { items, unmapped } = readOatutor(files(problem('p', step('s', more))));
    expect(unmapped).toEqual([]);
    expect([checkAnswer(items[0].answer, right).correct, checkAnswer(items[0].answer, wrong).correct]).toEqual([
      true,
      false,
    ]);
  });

  it('says what it could not use, where and why', () => {
    const { items, unmapped } = readOatutor(
      files(
        problem('p1', step('s1', {}), step('s1', {})),
        'not json',
        '',
        problem('p2', step('s2', { problemType: 'MultipleChoice', choices: ['a', 'b'] })),
        problem('p3', step('s3', { stepAnswer: ['\\begin{bmatrix}1\\end{bmatrix}'] })),
        problem('p4', step('s4', { skills: [] })),
        JSON.stringify({ id: 'p5' }),
      ),
    );
    expect(items.map(({ id }) => id)).toEqual(['s1']);
    expect(unmapped.map(({ line, id }) => [line, id])).toEqual([
      [1, 's1'],
      [2, ''],
      [4, 's2'],
      [5, 's3'],
      [6, 's4'],
      [7, ''],
    ]);
    expect(unmapped.every(({ reason, file }) => reason.length > 5 && file === 'problems.jsonl')).toBe(true);
  });

  it('refuses files that are something else', () => {
    expect(() => readOatutor({ ...files(), coursePlan: { lessons: 3 } })).toThrow(FormatError);
    expect(() => readOatutor({ ...files(), skillModel: { s: 'x' } })).toThrow(/skillModel\.json at \$\.s: expected/);
  });
});

describe('text', () => {
  it('keeps mathematics, amounts and odd dollars apart', () => {
    expect(readText('Pay $45 for $$x+1$$ or $$\\$3.71$$.').text).toBe('Pay \\$45 for $x+1$ or $\\$3.71$.');
    expect(readText('odd $$x').text).toBe('odd \\$\\$x'.replace('\\$\\$', ''));
    expect(readText('a ##f.gif## b ##g.png').figures).toEqual(['f.gif', 'g.png']);
    expect(readTerms('plain words')).toBe('plain words');
    expect(readTerms('')).toBeUndefined();
  });
});

describe.skipIf(!existsSync(DATA))(`published content (skipped where ${DATA} is absent)`, () => {
  const read = (course: string): OatutorContent => {
    const json = (name: string): unknown => JSON.parse(readFileSync(resolve(DATA, course, name), 'utf8'));
    return readOatutor({
      coursePlan: json('coursePlan.json'),
      skillModel: json('skillModel.json'),
      bktParams: json('bktParams.json'),
      problems: readFileSync(resolve(DATA, course, 'problems.jsonl'), 'utf8').split('\n'),
    });
  };

  it.each([
    ['elementary-algebra', 1045, 10],
    ['introductory-stats', 485, 5],
  ])('reads %s almost whole, and every answer passes its own check', (course, steps, mostUnmapped) => {
    const content = read(course);
    expect(content.items.length + content.unmapped.length).toBe(steps);
    expect(content.unmapped.length).toBeLessThanOrEqual(mostUnmapped);
    for (const { id, answer, skills, licence } of content.items) {
      const right =
        answer.kind === 'numeric'
          ? answer.value
          : answer.kind === 'algebraic'
            ? answer.expression
            : answer.kind === 'exact'
              ? answer.accepted[0]
              : answer.correct;
      expect([id, checkAnswer(answer, right).correct]).toEqual([id, true]);
      expect(skills.every((skill) => content.courseOrder.includes(skill))).toBe(true);
      expect(licence).toContain('CC BY 4.0');
    }
  });
});
