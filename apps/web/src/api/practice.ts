/** Practice: exercises, hints, answers. The answer is checked on the server and is not here before. */
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api } from './client.ts';

const exercises = api.learners[':learnerId'].exercises;
const exercise = api.exercises[':exerciseId'];

export type ExerciseView = InferResponseType<typeof exercises.$post, 201>;
export type Hint = InferResponseType<typeof exercise.hints.$post, 200>;
export type AnswerBody = InferRequestType<typeof exercise.answer.$post>['json'];
export type AnswerResult = InferResponseType<typeof exercise.answer.$post, 200>;

export const newExercise = async (learnerId: number, skillId: number): Promise<ExerciseView> =>
  (await exercises.$post({ param: { learnerId: String(learnerId) }, json: { skillId } })).json();

export const askHint = async (exerciseId: string): Promise<Hint> =>
  (await exercise.hints.$post({ param: { exerciseId } })).json();

export const sendAnswer = async (exerciseId: string, body: AnswerBody): Promise<AnswerResult> =>
  (await exercise.answer.$post({ param: { exerciseId }, json: body })).json();
