/** Taking back what a person did to a goal or a task. */

/** An event as far as taking back needs it. */
export interface PastStep {
  id: string;
  kind: string;
  byUserId: string | null;
  before: Record<string, unknown> | null;
  details: Record<string, unknown> | null;
}

/** What runs note beside people's actions, and leaves alone what these changed. */
const BESIDE: ReadonlySet<string> = new Set(['baseline', 'atRisk', 'onTrack', 'began']);

/**
 * The step that an undo takes back: the newest one of a person that has not been taken back yet. Null where something
 * else has come of it since, such as that a run achieved the goal or completed the task.
 */
export function stepToUndo(newestFirst: readonly PastStep[]): PastStep | null {
  const undone = new Set<unknown>();
  for (const event of newestFirst) {
    if (event.kind === 'undone') undone.add(event.details?.undoes);
    else if (!BESIDE.has(event.kind) && !undone.has(event.id)) {
      return event.byUserId !== null && event.before !== null ? event : null;
    }
  }
  return null;
}
