export { AnswerSpecError, answerSpecProblem, checkAnswer } from './check-answer.ts';
