/**
 * The layout of three lines a student, as in the files of Ghosh, Heffernan and Lan (AKT, KDD 2020): "rowid,userid", the
 * skills in time order, the answers in the same order. No items (the skill stands for the item) and no times.
 */
import type { BatchWriter } from './batch.ts';
import { looksLikeHeader } from './columns.ts';
import { RecordFileError } from './errors.ts';
import type { LayoutReader, ReaderContext } from './layout.ts';
import type { LineBlock } from './lines.ts';
import { createSkillParser, expectedAnswer, parseAnswer } from './values.ts';

/** Whether the first three lines are a student in this layout. */
export function looksLikeThreeLines(lines: readonly string[]): boolean {
  const [head, skills, answers] = lines.filter((line) => line.trim() !== '');
  if (answers === undefined || looksLikeHeader(head)) return false;
  const marks = splitList(answers);
  return (
    splitList(head).length === 2 &&
    splitList(skills).length === marks.length &&
    marks.every((mark) => mark === '0' || mark === '1')
  );
}

export function createThreeLineReader(
  { file, options }: ReaderContext,
  head: LineBlock,
  writer: BatchWriter,
): LayoutReader {
  const parseSkills = createSkillParser(options.skillSeparators.filter((separator) => separator !== ','));
  let student: { learner: string; line: number } | null = null;
  let skills: string[] | null = null;

  function readHead(text: string, line: number): void {
    const ids = splitList(text);
    if (ids.length !== 2 || ids[1] === '') {
      throw new RecordFileError(
        'lost-layout',
        file,
        `expected "rowid,userid" as the first of three lines of a student, got "${text.slice(0, 80)}" at ${file}:${line}; check for lines missing before it.`,
        { line },
      );
    }
    student = { learner: ids[1], line };
  }

  function readAnswers(learner: string, list: readonly string[], text: string, line: number): void {
    const marks = splitList(text);
    if (marks.length !== list.length) {
      const expected = `${list.length} answers, one per skill of the line above`;
      writer.reject({ file, line, column: 'correct', expected, got: `${marks.length}`, raw: text });
      return;
    }
    marks.forEach((mark, k) => {
      const correct = parseAnswer(mark);
      const raw = `${learner},${list[k]},${mark}`;
      const place = `(answer ${k + 1})`;
      if (correct === null) {
        writer.reject({ file, line, column: 'correct', expected: expectedAnswer, got: `"${mark}" ${place}`, raw });
      } else if (list[k] === '') {
        writer.reject({
          file,
          line: line - 1,
          column: 'skill',
          expected: 'the id of a skill',
          got: `nothing ${place}`,
          raw,
        });
      } else {
        const missing = { time: Number.NaN, id: null, duration: Number.NaN, hints: Number.NaN };
        writer.accept({
          learner,
          item: list[k],
          skills: parseSkills(list[k]),
          correct,
          line,
          ...missing,
          selfReport: Number.NaN,
          group: null,
        });
      }
    });
  }

  function push(block: LineBlock): void {
    block.lines.forEach((text, index) => {
      const line = block.first + index;
      if (text.trim() === '') return;
      if (student === null) readHead(text, line);
      else if (skills === null) skills = splitList(text);
      else {
        readAnswers(student.learner, skills, text, line);
        student = null;
        skills = null;
      }
    });
  }

  push(head);
  return {
    layout: 'three-line',
    delimiter: ',',
    columns: { learner: 'userid', skills: 'skills', correct: 'answers' },
    unusedColumns: ['rowid'],
    push,
    finish() {
      if (student === null) return;
      throw new RecordFileError(
        'lost-layout',
        file,
        `expected three lines a student, got ${skills === null ? 1 : 2} for the last one at ${file}:${student.line}; check that the file is whole.`,
        { line: student.line },
      );
    },
  };
}

function splitList(line: string): string[] {
  return line.split(',').map((cell) => cell.trim());
}
