import type { Day, Month } from '../../../domain/calendar/day.js';
import { monthOf } from '../../../domain/calendar/month.js';
import type { Drafts } from './account-draft.js';
import { isActiveBetween } from './ledger-texts.js';

export interface AccountContact {
  accountId: string;
  contactId: string;
}

/** Of whom the months loaded tell no activity up to the day: when was the last, if ever? */
export interface QuietSpells {
  /** The first of the months without a gap up to the day; before them anything may be missing. */
  since: Month;
  accounts: string[];
  champions: AccountContact[];
}

export function quietSpells(drafts: Drafts, loaded: readonly Month[], asOf: Day): QuietSpells {
  let since = monthOf(asOf);
  while (loaded.includes((since - 1) as Month)) since = (since - 1) as Month;
  const accounts: string[] = [];
  const champions: AccountContact[] = [];
  for (const [accountId, draft] of drafts) {
    if (!isActiveBetween(draft, since, asOf)) accounts.push(accountId);
    for (const [contactId] of draft.champions()) {
      if (!isActiveBetween(draft, since, asOf, contactId)) champions.push({ accountId, contactId });
    }
  }
  return { since, accounts, champions };
}
