export type { AnswerContext } from './answer-from-text.ts';
export { answerFromText } from './answer-from-text.ts';
export { AnswerSpecError, answerSpecProblem, checkAnswer } from './check-answer.ts';
