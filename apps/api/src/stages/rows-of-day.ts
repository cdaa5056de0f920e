import type { IsoDay } from '@steward/shared/common';
import type { Binder } from '../db/rules/binder.js';
import type { Catalogue } from '../db/rules/bindings.js';
import type { RuleContext } from '../db/rules/rule-scope.js';

/** Where the rows `s` of a day are that rules are put to: the running day's state, or the snapshots of a day past. */
export interface RowsOfDay {
  table: 'account_state' | 'account_snapshot';
  day: IsoDay;
  context: RuleContext;
  catalogue: Catalogue;
}

/** Restricts snapshots to the day; follows other conditions. */
export function ofDay({ table, day }: RowsOfDay, { bind }: Binder): string {
  return table === 'account_snapshot' ? ` AND s.day = ${bind(day)}::date` : '';
}

/**
 * Restricts the rows to accounts, with `account a` where it is read. The list is named once: a join by key that names it
 * as well goes through the whole list for each account.
 */
export function ofAccounts(ids: readonly string[], readsAccount: boolean, { bind }: Binder): string {
  const account = readsAccount ? 'JOIN steward.account a ON a.id = s.account_id' : '';
  return `${account} WHERE s.account_id = ANY(${bind([...ids])}::uuid[])`;
}

/** Tells rows of one kind and day from others, within one catalogue. */
export function rowsKey({ table, day, context }: RowsOfDay): string {
  return `${table} ${day} ${JSON.stringify(context)}`;
}
