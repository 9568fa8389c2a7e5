/**
 * The files of OATutor content (Pardos, Tang, Anastasopoulos, Sheel & Zhang, OATutor: an open-source adaptive tutoring
 * system and curated content library, CHI 2023), as far as we read them.
 */
import { z } from 'zod';

const probability = z.number().min(0).max(1);
const text = z.string();
const id = z.string().min(1);

export const coursePlanFile = z.object({
  courseName: id,
  courseOER: text.optional(),
  courseLicense: text.optional(),
  lessons: z.array(
    z.object({
      id,
      name: text,
      topics: text.optional(),
      learningObjectives: z.record(z.string(), probability),
    }),
  ),
});

/** Step id -> skill ids. */
export const skillModelFile = z.record(z.string(), z.array(text));

export const bktParamsFile = z.record(
  z.string(),
  z.object({
    probMastery: probability,
    probTransit: probability,
    probSlip: probability,
    probGuess: probability,
  }),
);

const answered = {
  problemType: text,
  answerType: text,
  choices: z.array(text).optional(),
};

const hint = z.object({
  id,
  type: text,
  title: text.optional(),
  text: text.optional(),
  hintAnswer: z.array(text).optional(),
  problemType: text.optional(),
  answerType: text.optional(),
  choices: z.array(text).optional(),
});

const tutoringEntry = hint.extend({ subHints: z.array(hint).optional() });

export const problemLine = z.object({
  id,
  title: text.optional(),
  body: text.optional(),
  oer: text.optional(),
  license: text.optional(),
  lesson: text.optional(),
  steps: z.array(
    z.object({
      id,
      stepAnswer: z.array(text).min(1),
      stepTitle: text.optional(),
      stepBody: text.optional(),
      answerLatex: text.optional(),
      skills: z.array(text).optional(),
      tutoring: z.record(z.string(), z.array(tutoringEntry)).optional(),
      ...answered,
    }),
  ),
});

export type OatutorProblem = z.output<typeof problemLine>;
export type OatutorStep = OatutorProblem['steps'][number];
export type OatutorHint = z.output<typeof tutoringEntry>;
