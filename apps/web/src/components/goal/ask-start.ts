import { accountInView } from '../touch/ask-touch.js';

/** The dialog that starts a playbook stands once, in the frame of every page; whoever wants it asks here. */

export interface StartAsked {
  accountId: string;
  /** The alert that it is started from; its rule may offer a playbook. */
  alert: { id: string; playbookId: string | null } | null;
}

type Listener = (asked: StartAsked) => void;
const listeners = new Set<Listener>();

export function askStart(asked: StartAsked): void {
  for (const listener of listeners) listener(asked);
}

/** Hears that a playbook is to be started, until the answer is called. */
export function onStartAsked(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The account that a person has before them, with the alert of the row that has the focus; null: none. */
export function startInView(page: Document, address: { pathname: string; search: string }): StartAsked | null {
  const accountId = accountInView(page, address);
  if (accountId === null) return null;
  const row = page.activeElement?.closest<HTMLElement>('[data-alert]');
  const { alert = null, offers = null } = row?.dataset.account === accountId ? row.dataset : {};
  return { accountId, alert: alert === null ? null : { id: alert, playbookId: offers } };
}
