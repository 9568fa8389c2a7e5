/**
 * The workers beside the calling thread that take part in one series of batches. Orders are sent some way ahead, so that
 * nobody waits for a caller that is busy with a batch of its own; a worker that fails gives its orders back.
 */
import type { BinaryQuadraticModel, Platform, PlatformWorker } from '@qurriculum/problems';
import type { BatchOrder, BatchReply, BatchRequest, BatchResult } from './batches.ts';

/** Seconds of work that a worker is given ahead: some turns of the caller's event loop. */
const AHEAD_SECONDS = 0.06;
const MOST_AHEAD = 64;

export interface CrewSeries {
  readonly program: string;
  readonly spin: BinaryQuadraticModel;
  readonly parameters: unknown;
  /** Up to so many orders that nobody has taken yet. */
  claim(wanted: number): BatchOrder[];
  /** Orders of a worker that failed. */
  giveBack(orders: readonly BatchOrder[]): void;
  onResult(number: number, result: BatchResult): void;
  secondsLeft(): number;
}

export interface Crew {
  /** Gives orders to whoever runs short of them. */
  feed(): void;
  /** Orders that workers still have. */
  outstanding(): number;
  /** Resolves when a worker has answered or failed. */
  change(): Promise<void>;
  /** Tells workers to stop where they are. */
  stop(): void;
  /** Sends idle workers home to the pool and ends the others. */
  dismiss(): void;
}

interface Member {
  readonly worker: PlatformWorker;
  onReply(reply: BatchReply): void;
  onFailure(): void;
}

/** Workers kept between series, without holding a process open. */
export interface CrewPool {
  gather(size: number, series: CrewSeries): Crew;
}

/** A pool on a platform; `module` is the URL of `batch-worker`. */
export function createCrewPool(platform: Platform, module: () => URL): CrewPool {
  const idle: Member[] = [];
  let opened = 0;

  function hire(): Member {
    const kept = idle.pop();
    if (kept) return kept;
    const member: Member = { worker: platform.createWorker(module()), onReply: () => {}, onFailure: () => {} };
    member.worker.onMessage((message) => member.onReply(message as BatchReply));
    member.worker.onError(() => {
      const at = idle.indexOf(member);
      if (at >= 0) idle.splice(at, 1);
      member.onFailure();
    });
    return member;
  }

  function release(member: Member): void {
    member.onReply = () => {};
    member.onFailure = () => {};
    send(member, { kind: 'close' });
    member.worker.keepAlive(false);
    idle.push(member);
  }

  function end(member: Member): void {
    member.onReply = () => {};
    member.onFailure = () => {};
    void member.worker.terminate();
  }

  return {
    gather: (size, series) => gather(Array.from({ length: size }, hire), { ...series, number: ++opened }, release, end),
  };
}

function send(member: Member, request: BatchRequest): void {
  member.worker.postMessage(request);
}

/** A member at work: what it has to do, and how long one batch takes it. */
interface Post {
  readonly member: Member;
  readonly orders: Map<number, BatchOrder>;
  seconds: number | null;
  /** Takes no orders: it is not ready yet, or stopped, or failed. One that is slow to start holds up nobody. */
  closed: boolean;
  failed: boolean;
}

function gather(
  members: readonly Member[],
  series: CrewSeries & { readonly number: number },
  release: (member: Member) => void,
  end: (member: Member) => void,
): Crew {
  let heard: () => void = () => {};
  const posts = members.map((member): Post => {
    const post: Post = { member, orders: new Map(), seconds: null, closed: true, failed: false };
    member.onReply = (reply) => {
      if (reply.series !== series.number) return;
      if (reply.kind === 'ready') {
        post.closed = false;
        feedOne(post, series);
      } else if (reply.kind === 'dropped') {
        post.closed = true;
        post.orders.clear();
      } else {
        post.orders.delete(reply.number);
        post.seconds = reply.seconds;
        series.onResult(reply.number, reply.result);
        feedOne(post, series);
      }
      heard();
    };
    member.onFailure = () => {
      post.closed = true;
      post.failed = true;
      series.giveBack([...post.orders.values()]);
      post.orders.clear();
      heard();
    };
    member.worker.keepAlive(true);
    const { number, program, spin, parameters } = series;
    send(member, { kind: 'open', series: number, program, spin, parameters });
    return post;
  });
  return {
    feed: () => {
      for (const post of posts) feedOne(post, series);
    },
    outstanding: () => posts.reduce((sum, { orders }) => sum + orders.size, 0),
    change: () =>
      new Promise((resolve) => {
        heard = resolve;
      }),
    stop() {
      for (const { member, orders } of posts) if (orders.size > 0) send(member, { kind: 'stop' });
    },
    dismiss() {
      for (const { member, orders, failed } of posts) {
        if (failed || orders.size > 0) end(member);
        else release(member);
      }
    },
  };
}

function feedOne(post: Post, series: CrewSeries): void {
  const ahead =
    post.seconds === null ? 1 : Math.min(MOST_AHEAD, 1 + Math.floor(AHEAD_SECONDS / Math.max(1e-6, post.seconds)));
  if (post.closed || post.orders.size > ahead / 2) return;
  const secondsLeft = series.secondsLeft();
  const orders = secondsLeft > 0 ? series.claim(ahead) : [];
  if (orders.length === 0) return;
  for (const order of orders) post.orders.set(order.number, order);
  send(post.member, { kind: 'work', orders, secondsLeft });
}
