import type { KeyboardEvent } from 'react';
import { useBuilder } from './builder-context.js';
import { duplicated, indented, moved, outdented, placeOf } from './draft-moves.js';
import type { DraftNode } from './rule-draft.js';

export interface RowActions {
  up: () => void;
  down: () => void;
  into: () => void;
  out: () => void;
  deny: () => void;
  duplicate: () => void;
  remove: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** What can be done with a part of the rule. It keeps the focus wherever it goes, and its new place is said. */
export function useRowActions(id: string): RowActions {
  const { root, set, change, remove, say } = useBuilder();
  const go = (next: DraftNode) => {
    if (next === root) return;
    set(next, { id, on: 'menu' });
    const place = placeOf(next, id);
    if (place) say(`Moved to place ${place.index + 1} of ${place.parent.body.nodes.length}`);
  };
  const actions = {
    up: () => go(moved(root, id, -1)),
    down: () => go(moved(root, id, 1)),
    into: () => go(indented(root, id)),
    out: () => go(outdented(root, id)),
    deny: () => change(id, (node) => ({ ...node, nots: node.nots === 0 ? 1 : node.nots - 1 })),
    duplicate: () => {
      const { root: next, copy } = duplicated(root, id);
      if (copy !== null) set(next, { id: copy, on: 'menu' });
    },
    remove: () => remove(id),
  };
  return {
    ...actions,
    onKeyDown: (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const run = ACTION_OF_KEY[event.key];
      if (run === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      actions[run]();
    },
  };
}

const ACTION_OF_KEY: Record<string, 'up' | 'down' | 'into' | 'out' | 'remove' | undefined> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'into',
  ArrowLeft: 'out',
  Backspace: 'remove',
  Delete: 'remove',
};
