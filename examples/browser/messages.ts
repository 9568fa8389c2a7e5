/** What the page and its worker say to each other. */

export type ToWorker =
  | {
      readonly kind: 'start';
      readonly name: string;
      readonly text: string;
      readonly seconds: number;
      readonly seed: number;
    }
  | { readonly kind: 'cancel' };

export interface CutPoint {
  readonly seconds: number;
  readonly cut: number;
}

export type FromWorker =
  /** A larger cut was found. */
  | { readonly kind: 'better'; readonly points: readonly CutPoint[] }
  | {
      readonly kind: 'done';
      readonly points: readonly CutPoint[];
      readonly seconds: number;
      readonly cancelled: boolean;
    }
  | { readonly kind: 'failed'; readonly message: string };
