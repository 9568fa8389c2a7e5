/** Which column holds what: the delimiter and the columns of a delimited file, found by the names in its header. */
import { RecordFileError } from './errors.ts';

export type RecordField =
  | ('learner' | 'item' | 'skills' | 'correct' | 'time' | 'id')
  | ('duration' | 'hints' | 'selfReport' | 'group');

/** Field to the header of its column; an empty header means: the file has no such column, whatever it looks like. */
export type ColumnMap = Partial<Readonly<Record<RecordField, string>>>;

/** Names by which a field goes, lower case without separators, best first; from the files of the field's data sets. */
const namesOfField: Readonly<Record<RecordField, readonly string[]>> = {
  learner: [
    ...['userid', 'user', 'studentid', 'student', 'learnerid', 'learner', 'anonstudentid', 'uid', 'username'],
    ...['studentname', 'learnername', 'actor'],
  ],
  item: [
    ...['itemid', 'item', 'problemid', 'problem', 'questionid', 'question', 'exerciseid', 'exercise', 'stepid'],
    ...['itemname', 'problemname', 'questionname', 'exercisename'],
  ],
  skills: [
    ...['skillid', 'skillids', 'skill', 'skills', 'skillname', 'kc', 'kcs', 'kcid', 'kcids', 'kcdefault'],
    ...['knowledgecomponent', 'knowledgecomponents', 'concept', 'concepts', 'conceptid', 'topic', 'topics', 'topicid'],
  ],
  correct: [
    ...['correct', 'iscorrect', 'correctness', 'answeredcorrectly', 'correctfirstattempt', 'score', 'outcome'],
    ...['result', 'response'],
  ],
  time: [
    ...['timestamp', 'time', 'datetime', 'starttime', 'date', 'createdat', 'answeredat', 'submittedat', 'occurredat'],
    'firsttransactiontime',
  ],
  id: ['interactionid', 'logid', 'rowid', 'recordid', 'transactionid', 'id'],
  duration: [
    'duration',
    'durationseconds',
    'elapsedtime',
    'responsetime',
    'timetaken',
    'msfirstresponse',
    'durationms',
    ...['seconds', 'responsetimems', 'elapsedms', 'timespent', 'durationsec'],
  ],
  hints: ['hints', 'hintcount', 'hintsused', 'hint', 'hintsrequested', 'numhints'],
  selfReport: [
    ...['selfreport', 'selfreported', 'selfrating', 'motivation', 'selfmotivation', 'confidence', 'selfconfidence'],
    ...['interest', 'engagement'],
  ],
  // Only what says of itself that it is a group: nobody's gender or origin is read because a column has it.
  group: ['group', 'learnergroup', 'studentgroup', 'subgroup'],
};

const fieldNames = Object.keys(namesOfField) as RecordField[];

const aliases: Readonly<Record<string, RecordField>> = {
  user: 'learner',
  student: 'learner',
  problem: 'item',
  question: 'item',
  skill: 'skills',
  timestamp: 'time',
};

/**
 * Reads `learner=COLUMN,item=COLUMN,...`, the form of `--map`; `FIELD=` switches a field off. Fields: learner, item,
 * skills, correct, time, id, duration, hints, selfReport, group. Fails with `bad-map`.
 */
export function parseColumnMap(text: string): ColumnMap {
  const map: Partial<Record<RecordField, string>> = {};
  for (const part of text.split(',').filter((piece) => piece.trim() !== '')) {
    const [name, ...column] = part.split('=');
    const field = aliases[name.trim()] ?? (name.trim() as RecordField);
    if (!fieldNames.includes(field) || column.length === 0) {
      throw new RecordFileError(
        'bad-map',
        '',
        `expected a map like learner=COLUMN,correct=COLUMN with the fields ${fieldNames.join(', ')}, got "${part.trim()}"; correct --map.`,
      );
    }
    map[field] = column.join('=').trim();
  }
  return map;
}

/** Where each field stands; `index` is the position of its column. */
export interface ColumnLayout {
  readonly headers: readonly string[];
  readonly index: Partial<Readonly<Record<RecordField, number>>>;
}

const delimiters = ['\t', ',', ';'];

/** The delimiter that cuts the header into the most columns that we know, then into the most columns. */
export function detectDelimiter(header: string): string {
  const score = (delimiter: string): number => {
    const cells = splitHeader(header, delimiter);
    return 1000 * fieldNames.filter((field) => findColumn(cells, field) !== undefined).length + cells.length;
  };
  return delimiters.reduce((best, delimiter) => (score(delimiter) > score(best) ? delimiter : best));
}

/** Whether the line holds any name of a column that we know. */
export function looksLikeHeader(line: string): boolean {
  return delimiters.some((delimiter) => {
    const cells = splitHeader(line, delimiter);
    return fieldNames.some((field) => findColumn(cells, field) !== undefined);
  });
}

/**
 * Finds the columns. Learner, correct and at least one of item and skills must be there; fails with `wrong-delimiter`,
 * `missing-column`, `unknown-column`, `repeated-column`.
 */
export function detectColumns(file: string, headers: readonly string[], map: ColumnMap): ColumnLayout {
  const index: Partial<Record<RecordField, number>> = {};
  const found = `${headers.map((header) => header || '(no name)').join(', ')} in ${file}`;
  for (const field of fieldNames) {
    const wanted = map[field];
    const position = wanted === undefined ? findColumn(headers, field) : headers.indexOf(wanted);
    if (wanted === '' || position === undefined) continue;
    if (position < 0) {
      throw new RecordFileError(
        'unknown-column',
        file,
        `expected the column "${wanted}" for ${field}, got the columns ${found}; correct --map ${field}=COLUMN.`,
      );
    }
    index[field] = position;
  }
  const missing = missingField(index);
  if (missing !== null && headers.length === 1) {
    throw new RecordFileError(
      'wrong-delimiter',
      file,
      `expected columns separated by tab, comma or semicolon, got the single column "${found}"; convert the file or name its delimiter.`,
      { line: 1 },
    );
  }
  if (missing !== null) {
    throw new RecordFileError(
      'missing-column',
      file,
      `expected a column for ${missing} (such as ${namesOfField[missing].slice(0, 3).join(', ')}), got the columns ${found}; name it with --map ${missing}=COLUMN.`,
      { line: 1 },
    );
  }
  checkDistinct(file, headers, index);
  return { headers, index };
}

function missingField(index: ColumnLayout['index']): RecordField | null {
  if (index.learner === undefined) return 'learner';
  if (index.correct === undefined) return 'correct';
  return index.item === undefined && index.skills === undefined ? 'item' : null;
}

function checkDistinct(file: string, headers: readonly string[], index: ColumnLayout['index']): void {
  for (const field of fieldNames) {
    const position = index[field];
    if (position === undefined || headers.indexOf(headers[position]) === headers.lastIndexOf(headers[position]))
      continue;
    throw new RecordFileError(
      'repeated-column',
      file,
      `expected one column "${headers[position]}" for ${field}, got several in ${file}; rename all but one.`,
      { line: 1 },
    );
  }
}

function findColumn(headers: readonly string[], field: RecordField): number | undefined {
  const plain = headers.map((header) => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  for (const name of namesOfField[field]) {
    const position = plain.indexOf(name);
    if (position >= 0) return position;
  }
  return undefined;
}

/** Good enough for detection: names of columns that we know have no delimiters in them. */
function splitHeader(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.replaceAll('"', '').trim());
}
