/** The dialog that logs a touch stands once, in the frame of every page; whoever wants it asks here. */

export interface TouchAsked {
  /** Null: the person picks the account first. */
  accountId: string | null;
}

type Listener = (asked: TouchAsked) => void;
const listeners = new Set<Listener>();

export function askTouch(accountId: string | null): void {
  for (const listener of listeners) listener({ accountId });
}

/** Hears that a touch is to be logged, until the answer is called. */
export function onTouchAsked(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const uuidOf = (text: string | null | undefined): string | null => (text && UUID.test(text) ? text : null);

/** A row names its account; one of the accounts grid is known to it by the account's id. */
function accountOfRow(element: Element | null): string | null {
  const row = element?.closest('[data-account], .accounts-grid [row-id]');
  return uuidOf(row?.getAttribute('data-account') ?? row?.getAttribute('row-id'));
}

/**
 * The account that a person has before them: of the row under the focus, then of the row under the pointer, then of the
 * drawer beside the list, then of the page. Null: none of them.
 */
export function accountInView(page: Document, address: { pathname: string; search: string }): string | null {
  const focused = accountOfRow(page.activeElement);
  if (focused !== null) return focused;
  const search = new URLSearchParams(address.search);
  const [openAccount] = (search.get('open') ?? '').split('~');
  const beside = uuidOf(search.get('peek')) ?? uuidOf(openAccount);
  if (beside !== null) return beside;
  const [, folder, id] = address.pathname.split('/');
  if (folder === 'accounts') return uuidOf(id);
  return accountOfRow([...page.querySelectorAll(':hover')].at(-1) ?? null);
}
