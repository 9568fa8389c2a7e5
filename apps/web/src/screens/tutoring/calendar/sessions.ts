/** A session as a calendar shows it, already in words: the calendar knows neither the server nor the planner. */

export interface CalendarSession {
  /** The same session keeps its key when it is moved. */
  readonly key: string;
  readonly slotId: string;
  /** What is taught. */
  readonly title: string;
  /** Who meets, without whom the calendar is about: 'Ms Okafor', 'Ana, Ben'. */
  readonly people: string;
  /** Room; empty where sessions need none. */
  readonly place: string;
  /** Some of its choices are a person's, kept by every plan. */
  readonly pinned: boolean;
  /** It is not in the published plan. */
  readonly changed: boolean;
}

/** What can be said of a place before anybody has computed what a move there would do. */
export interface PlaceHint {
  readonly free: boolean;
  /** 'free', 'Ms Okafor teaches then' */
  readonly words: string;
}

/** What the marks of a session mean: 'pinned, not published yet'; empty without any. */
export const sayMarks = ({ pinned, changed }: CalendarSession): string =>
  [pinned ? 'pinned' : '', changed ? 'not published yet' : ''].filter((part) => part !== '').join(', ');
