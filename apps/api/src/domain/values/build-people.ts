import type { AccountStatus, IsoDay } from '@steward/shared/common';
import type { AccountFields, AccountRow, Attributes, ContactFields, ContactRow } from './fact-rows.js';
import type { RowReader } from './row-reader.js';
import { domainOf } from './texts.js';

export interface PatchSettings {
  blanks: 'keep' | 'clear';
  /** The file's as-of day; null: none was given. */
  dated: IsoDay | null;
  attributes: (row: RowReader) => Attributes;
}

/** An account's row: what it delivers, and nothing of what it does not. */
export function buildAccount(row: RowReader, settings: PatchSettings): AccountRow | null {
  const account = row.account();
  const ownCurrency = row.currencyCode();
  const currency = ownCurrency ?? row.usualCurrency;
  const fields: AccountFields = {
    name: row.text('name'),
    domain: domainOf(row.text('domain')),
    industry: row.text('industry'),
    size: row.text('size'),
    employees: row.integer('employees'),
    country: row.text('country'),
    region: row.text('region'),
    timeZone: row.timeZone('timeZone'),
    plan: row.text('plan'),
    seats: row.integer('seats'),
    currency: ownCurrency,
    arr: row.money('arr', currency),
    mrr: row.money('mrr', currency),
    customerSince: row.day('customerSince'),
    renewalDate: row.day('renewalDate'),
    noticePeriodDays: row.integer('noticePeriodDays'),
    noticeGivenOn: row.day('noticeGivenOn'),
    leavesOn: row.day('leavesOn'),
    csm: row.text('csm'),
    am: row.text('am'),
    parentExternalId: row.text('parent'),
    status: statusOf(row),
    churnedOn: row.day('churnedOn'),
    churnReason: row.text('churnReason'),
    tags: row.list('tags'),
  };
  const mapped = (key: keyof AccountFields) => {
    if (key === 'parentExternalId') return row.has('parent');
    if (key === 'status') return row.has('status') || row.has('isTrial') || row.has('isChurned');
    return row.has(key);
  };
  const effectiveOn = row.day('effectiveOn') ?? settings.dated;
  const attributes = settings.attributes(row);
  if (account === null) return null;
  return { kind: 'account', account, fields: delivered(fields, mapped, settings.blanks), attributes, effectiveOn };
}

/** The status as given; else flags tell: churned, on trial, or by a plain "no" a customer. */
function statusOf(row: RowReader): AccountStatus | null {
  const status = row.option<AccountStatus>('status');
  const churned = row.boolean('isChurned');
  const trial = row.boolean('isTrial');
  if (status !== null) return status;
  if (churned === true) return 'churned';
  if (trial === true) return 'trial';
  return churned === false || trial === false ? 'customer' : null;
}

export function buildContact(row: RowReader, settings: PatchSettings): ContactRow | null {
  const account = row.account();
  const contact = row.contact('id', 'email');
  const names = [row.text('firstName'), row.text('lastName')].filter((name) => name !== null).join(' ');
  const fields: ContactFields = {
    name: row.text('name') ?? (names === '' ? null : names),
    email: contact?.email ?? null,
    title: row.text('title'),
    role: row.text('role'),
    primary: row.boolean('primary'),
    consent: row.boolean('consent'),
    leftOn: row.day('leftOn'),
    internal: row.boolean('internal'),
    firstSeenOn: row.day('firstSeenOn'),
    lastSeenOn: row.day('lastSeenOn'),
  };
  const mapped = (key: keyof ContactFields) =>
    row.has(key) || (key === 'name' && (row.has('firstName') || row.has('lastName')));
  const effectiveOn = row.day('effectiveOn') ?? settings.dated;
  const attributes = settings.attributes(row);
  if (contact === null && row.problems.length === 0) {
    row.refuse(
      row.has('email') ? 'email' : 'id',
      'MISSING_VALUE',
      'The contact has neither an id nor an e-mail address.',
    );
  }
  if (account === null || contact === null) return null;
  const named = { ...contact, name: fields.name };
  const patch = delivered(fields, mapped, settings.blanks);
  return { kind: 'contact', account, contact: named, fields: patch, attributes, effectiveOn };
}

/** The fields that the file carries; of blank ones only those that are to be cleared. */
function delivered<T extends object>(
  fields: T,
  mapped: (key: keyof T) => boolean,
  blanks: 'keep' | 'clear',
): Partial<T> {
  const patch: Partial<T> = {};
  for (const key of Object.keys(fields) as (keyof T)[]) {
    if (mapped(key) && (fields[key] !== null || blanks === 'clear')) patch[key] = fields[key];
  }
  return patch;
}
