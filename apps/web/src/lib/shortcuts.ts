import { useEffect, useRef } from 'react';

/** Key sequences (`g a`, `?`, `/`, `j`) outside inputs. A person can switch them off. */

const STORAGE_KEY = 'steward.shortcuts';
const SEQUENCE_MS = 1000;
/** The first key of every sequence. */
const LEADER = 'g';

export function shortcutsEnabled(): boolean {
  return localStorage.getItem(STORAGE_KEY) !== 'off';
}

export function setShortcutsEnabled(enabled: boolean): void {
  localStorage.setItem(STORAGE_KEY, enabled ? 'on' : 'off');
}

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="listbox"], [role="menu"]';

/** True while the key belongs to a field, an open menu or another dialog. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type)) return false;
  return target.closest(TYPING) !== null;
}

/** A handler that answers false leaves the key to others: of two lists on a page the one with the focus has it. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => unknown>;

/** Runs the handler of the sequence just typed. Handlers may change between renders without re-subscribing. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let first = '';
    let firstAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || !shortcutsEnabled()) return;
      const key = event.key.toLowerCase();
      const follows = event.timeStamp - firstAt < SEQUENCE_MS;
      // A key behind a leader belongs to the sequence, also where another part of the page answers it.
      const run =
        latest.current[follows ? `${first} ${key}` : ''] ?? (follows && first === LEADER ? null : latest.current[key]);
      first = key;
      firstAt = event.timeStamp;
      if (!run) return;
      if (run(event) === false) return;
      event.preventDefault();
      first = '';
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
