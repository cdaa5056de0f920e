import { deskText } from './desk-news.js';

/** A task that is told in one with tasks on other accounts. */
export interface GatheredTask {
  account: { id: string; externalId: string; name: string };
  title: string;
  /** Null: it was given to the person, due or not. */
  due: 'overdue' | 'today' | null;
}

/** What tells of them in one line; those that are due stand with their account. */
export function gatheredText(tasks: readonly GatheredTask[]): string {
  const given = tasks.filter(({ due }) => due === null);
  if (given.length > 0) {
    const accounts = new Set(given.map(({ account }) => account.id)).size;
    return deskText.taskAssigned(
      given.map(({ title }) => title),
      accounts,
    );
  }
  const named = (due: GatheredTask['due']) =>
    tasks.filter((task) => task.due === due).map(({ title, account }) => `${title} (${account.name})`);
  return deskText.taskDue(named('today'), named('overdue'));
}

/** The tasks where they lie on several accounts; what is told of one account alone stands and falls with it: null. */
export function onSeveralAccounts(tasks: readonly GatheredTask[]): GatheredTask[] | null {
  return new Set(tasks.map(({ account }) => account.id)).size > 1 ? [...tasks] : null;
}

/** What is told of them to somebody who may see some of their accounts, on the first of these; null: they see none. */
export function toldAsSeen(
  tasks: readonly GatheredTask[],
  sees: (accountId: string) => boolean,
): { account: GatheredTask['account']; text: string } | null {
  const seen = tasks.filter(({ account }) => sees(account.id));
  const [first] = seen;
  return first === undefined ? null : { account: first.account, text: gatheredText(seen) };
}
