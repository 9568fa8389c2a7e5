/** Why an answer could not be read: the text goes to the person who typed it. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
  readonly code = 'unreadable-answer';
}
