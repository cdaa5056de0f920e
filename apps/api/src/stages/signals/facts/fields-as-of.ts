import type { AccountStatus } from '@steward/shared/common';
import { isLive } from '@steward/shared/lifecycle';
import { type Day, toDay } from '../../../domain/calendar/day.js';
import {
  churnedOn,
  liveSince,
  returnedOn,
  type StatusVersion,
  statusSinceStart,
} from '../../../domain/lifecycle/live.js';
import type { ToWorkspaceMoney } from '../../../domain/revenue/money-rates.js';
import type { AccountDraft } from './account-draft.js';
import type { FieldVersionRow } from './account-fields.repository.js';
import { statusHistory } from './status-history.js';

/** Account fields whose history decides what they were on a day; today's are those of the account itself. */
export const VERSIONED_FIELDS = [
  'status',
  'seats',
  'arr',
  'currency',
  'customerSince',
  'renewalDate',
  'csm',
  'am',
] as const;

/** The version of a field that held on the day; a first value holds backwards. */
function heldOn(versions: readonly FieldVersionRow[], field: string, day: Day): FieldVersionRow | null {
  let held: FieldVersionRow | null = null;
  let first: FieldVersionRow | null = null;
  for (const version of versions) {
    if (version.field !== field) continue;
    if (version.from_day <= day && (held === null || version.from_day > held.from_day)) held = version;
    if (first === null || version.from_day < first.from_day) first = version;
  }
  return held ?? first;
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const asDay = (value: unknown): Day | null =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? toDay(value) : null;
const asUser = (value: unknown): string | null =>
  typeof value === 'object' && value !== null ? asText((value as { userId?: unknown }).userId) : null;

function statusVersionOf({ field, from_day, value }: FieldVersionRow): StatusVersion[] {
  if (field !== 'status' || typeof value !== 'string') return [];
  return [{ from: from_day as Day, status: value as AccountStatus }];
}

export interface Owners {
  csm: string | null;
  am: string | null;
}

/**
 * The account's fields and owners as they stood on the day. Today (`past` false) they are those of the account itself;
 * the history of its status is read in either case, for since when it has been live. Subscriptions must be in place.
 */
export function setAccountFields(
  draft: AccountDraft,
  versions: readonly FieldVersionRow[],
  day: Day,
  past: boolean,
  money: ToWorkspaceMoney,
): Owners {
  const { row, facts } = draft;
  const fieldOf = <T>(field: (typeof VERSIONED_FIELDS)[number], now: T, read: (value: unknown) => T): T => {
    const version = past ? heldOn(versions, field, day) : null;
    return version === null ? now : read(version.value);
  };
  const delivered = versions.flatMap(statusVersionOf);
  const history = statusHistory(delivered, row.status as AccountStatus, row.churned_on as Day | null, day);
  // The account's own day is derived from its subscriptions and its history as well.
  const since = fieldOf('customerSince', row.customer_since as Day | null, asDay) ?? (row.customer_since as Day | null);
  const started = { trialSince: row.trial_since as Day | null, customerSince: since };
  const now = row.status as AccountStatus;
  const status = past ? (statusSinceStart(history, started, day) ?? now) : now;
  const currency = fieldOf('currency', row.currency, asText);
  const arrMinor = fieldOf('arr', row.arr_minor, asNumber);
  facts.account = {
    status,
    live: isLive(status) ? liveSince(history, started, day) : null,
    customerSince: since !== null && since > day && past ? null : since,
    returnedOn: returnedOn(history, day),
    churnedOn: churnedOn(history, day),
    renewalDate: fieldOf('renewalDate', row.renewal_date as Day | null, asDay),
    arrMinor: arrMinor === null ? null : money(arrMinor, currency),
    seats: fieldOf('seats', row.seats, asNumber),
  };
  return { csm: fieldOf('csm', row.csm_user_id, asUser), am: fieldOf('am', row.am_user_id, asUser) };
}

/** What an attribute held from which day on. */
export function attributeVersions(versions: readonly FieldVersionRow[], key: string) {
  const field = `attribute.${key}`;
  return versions.flatMap((version) =>
    version.field === field ? [{ from: version.from_day as Day, value: attributeValue(version.value) }] : [],
  );
}

/** Dates become days; text stays text. */
function attributeValue(value: unknown): number | boolean | string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? toDay(value) : value;
}
