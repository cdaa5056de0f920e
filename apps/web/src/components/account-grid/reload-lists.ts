/** Whoever changed many accounts asks here that the lists of accounts on screen are loaded anew. */

type Listener = () => void;
const listeners = new Set<Listener>();

export function reloadLists(): void {
  for (const listener of listeners) listener();
}

/** Hears that lists are to be loaded anew, until the answer is called. */
export function onReloadLists(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
