/**
 * A long calculation in steps. What it yields at are points where others may get their turn, and where it may be left; the
 * result is the same however long the pauses are.
 */
export type Steps<Result> = Generator<void, Result, void>;

/** The result, without any pause. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
