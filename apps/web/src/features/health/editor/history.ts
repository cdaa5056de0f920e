/** What was written, step by step, for taking back and doing again. */
export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the last step was about: typing on in one field is one step. */
  about: string | null;
}

const MOST_STEPS = 100;

export const historyOf = <T>(present: T): History<T> => ({ past: [], present, future: [], about: null });

/** A step further. Steps about the same thing that follow each other are one; `null` is always a step of its own. */
export function stepped<T>(history: History<T>, next: T, about: string | null): History<T> {
  if (Object.is(next, history.present)) return history;
  const goesOn = about !== null && about === history.about && history.future.length === 0;
  return {
    past: goesOn ? history.past : [...history.past, history.present].slice(-MOST_STEPS),
    present: next,
    future: [],
    about,
  };
}

export function takenBack<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    about: null,
  };
}

export function doneAgain<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future, about: null };
}
