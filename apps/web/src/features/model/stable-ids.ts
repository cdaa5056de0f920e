/** Items as they were drawn last: their keys in order, and what each was told apart by. */
export interface Known {
  keys: readonly string[];
  ids: readonly string[];
  /** How many ids were given so far. */
  given: number;
}

export const NONE_KNOWN: Known = { keys: [], ids: [], given: 0 };

/**
 * What tells items apart on the screen while even their keys are written: an item keeps its id when it moves, and when
 * its key is changed where it stands.
 */
export function known(before: Known, keys: readonly string[]): Known {
  const isSame = keys.length === before.keys.length && keys.every((key, index) => key === before.keys[index]);
  if (isSame) return before;
  let { given } = before;
  const taken = new Set<string>();
  const take = (id: string | undefined): string | null => {
    if (id === undefined || taken.has(id)) return null;
    taken.add(id);
    return id;
  };
  const byKey = keys.map((key) => {
    const at = before.keys.indexOf(key);
    return at < 0 ? null : take(before.ids[at]);
  });
  const ids = byKey.map((id, index) => {
    const wasRenamed = keys.length === before.keys.length && !keys.includes(before.keys[index] ?? '');
    const own = id ?? (wasRenamed ? take(before.ids[index]) : null);
    if (own !== null) return own;
    given += 1;
    return `d${given}`;
  });
  return { keys, ids, given };
}
