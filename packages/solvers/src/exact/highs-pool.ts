/**
 * Workers that hold a loaded HiGHS, kept between solves: loading costs tens of milliseconds, a warm call about two. A
 * worker that must be stopped is thrown away; the next solve starts another.
 */
import { type Platform, type PlatformWorker, ProblemError } from '@qurriculum/problems';
import type { HighsAnswer, HighsProgress, HighsReply, HighsRequest } from './highs-messages.ts';

/** Idle workers kept: each holds some 20 MB. */
const KEEP_IDLE = 2;

export interface HighsRun {
  /** The answer; null when the run was stopped. Rejects with SOLVER_FAILED when HiGHS fails. */
  readonly answer: Promise<HighsAnswer | null>;
  /** Ends the run at once; what was reported so far is all there is. */
  stop(): void;
}

export interface HighsPool {
  start(request: HighsRequest, onProgress: (progress: HighsProgress) => void): HighsRun;
}

interface Member {
  readonly worker: PlatformWorker;
  onReply: (reply: HighsReply) => void;
  onFailure: (error: Error) => void;
}

/** A pool on a platform; `module` is the URL of the worker's module. */
export function createHighsPool(platform: Platform, module: URL): HighsPool {
  const idle: Member[] = [];

  function hire(): Member {
    const kept = idle.pop();
    if (kept) return kept;
    const worker = platform.createWorker(module);
    const member: Member = { worker, onReply: () => {}, onFailure: () => {} };
    worker.onMessage((message) => member.onReply(message as HighsReply));
    worker.onError((error) => {
      const at = idle.indexOf(member);
      if (at >= 0) idle.splice(at, 1);
      member.onFailure(error);
    });
    return member;
  }

  function release(member: Member): void {
    member.onReply = () => {};
    member.onFailure = () => {};
    member.worker.keepAlive(false);
    if (idle.length < KEEP_IDLE) idle.push(member);
    else void member.worker.terminate();
  }

  function start(request: HighsRequest, onProgress: (progress: HighsProgress) => void): HighsRun {
    const member = hire();
    let stop: () => void = () => {};
    const answer = new Promise<HighsAnswer | null>((resolve, reject) => {
      const fail = (reason: string): void => {
        void member.worker.terminate();
        reject(
          new ProblemError('SOLVER_FAILED', `highs: expected HiGHS to finish, got "${reason}"; try a smaller model.`),
        );
      };
      member.onFailure = (error) => fail(error.message);
      member.onReply = (reply) => {
        if (reply.kind === 'progress') return onProgress(reply);
        if (reply.kind === 'failure') return fail(reply.message);
        release(member);
        resolve(reply);
      };
      stop = () => {
        member.onReply = () => {};
        member.onFailure = () => {};
        void member.worker.terminate();
        resolve(null);
      };
    });
    member.worker.keepAlive(true);
    member.worker.postMessage(request);
    return { answer, stop: () => stop() };
  }

  return { start };
}
