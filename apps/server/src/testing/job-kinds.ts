/** Kinds of jobs that only tests use; in a file of its own because a process that is to be killed runs them too. */
import { z } from 'zod';
import { defineJob, type JobContext, type JobDefinition } from '../jobs/definition.ts';

/** Resolves when the signal is aborted, by rejecting with its reason. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

function addCourse(context: JobContext, name: string): Promise<number> {
  return context.finish(async ({ db }) => {
    const row = await db.insertInto('course').values({ name }).returning('id').executeTakeFirstOrThrow();
    return row.id;
  });
}

const named = z.object({ name: z.string().min(1) });
type Named = z.infer<typeof named>;

const title = ({ name }: Named): string => `Course ${name}`;

/** Makes a course. */
export const makeCourse = defineJob<Named>({
  name: 'test-make-course',
  payload: named,
  title,
  async run({ name }, context) {
    context.progress(0.5, 'Half-way');
    return addCourse(context, name);
  },
});

/** Never ends in its first attempt; makes the course in the second. */
export const dieFirst = defineJob<Named>({
  name: 'test-die-first',
  payload: named,
  title,
  attempts: 2,
  async run({ name }, context) {
    if (context.attempt === 1) {
      // Written outside of `finish`: exactly what a handler must not leave behind unless a retry clears it.
      context.progress(0.1, 'About to die');
      await untilAborted(context.signal);
    }
    return addCourse(context, name);
  },
});

/** Runs until it is cancelled; abandons by making a course that says so. */
export const endless = defineJob<Named>({
  name: 'test-endless',
  payload: named,
  title,
  async run(_, context) {
    context.progress(0.25, 'Going on');
    return untilAborted(context.signal);
  },
  async abandon({ name }, { store }) {
    await store.db
      .insertInto('course')
      .values({ name: `${name} abandoned` })
      .execute();
  },
});

/** Writes in `finish` and fails there. */
export const failing = defineJob<Named>({
  name: 'test-failing',
  payload: named,
  title,
  async run({ name }, context) {
    return context.finish(async ({ db }) => {
      await db.insertInto('course').values({ name }).execute();
      throw Object.assign(new Error('bad file: expected three columns, got two; add one.'), { code: 'bad-file' });
    });
  },
});

export const testJobs: readonly JobDefinition[] = [makeCourse, dieFirst, endless, failing];
