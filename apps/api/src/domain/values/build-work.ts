import type { IsoDay } from '@steward/shared/common';
import { type DatedSettings, momentOrDated } from './build-usage.js';
import type {
  ContactRef,
  DealKind,
  DealOutcome,
  DealRow,
  InvoiceRow,
  InvoiceStatus,
  PulseRow,
  SubscriptionRow,
  TouchpointKind,
  TouchpointRow,
} from './fact-rows.js';
import type { RowReader } from './row-reader.js';
import { coerceEmail } from './texts.js';
import { plainWord } from './words.js';

const TERM_MONTHS: Record<string, number> = { monthly: 1, quarterly: 3, semiannual: 6, annual: 12 };

export function buildSubscription(row: RowReader, settings: DatedSettings): SubscriptionRow | null {
  const account = row.account();
  const id = row.requiredText('id');
  const start = momentOrDated(row, 'start', settings)?.day ?? null;
  const end = row.day('end');
  const currency = row.currency();
  const mrr = row.money('mrr', currency);
  const arr = row.money('arr', currency);
  const frequency = row.option('billingFrequency');
  const rest = {
    plan: row.text('plan'),
    quantity: row.integer('quantity'),
    seatBased: row.boolean('seatBased') ?? true,
    termMonths: row.integer('termMonths') ?? (frequency === null ? null : (TERM_MONTHS[frequency] ?? null)),
    autoRenew: row.boolean('autoRenew'),
  };
  if (account === null || id === null || start === null) return null;
  if (end !== null && end < start) {
    return row.refuse('end', 'END_BEFORE_START', `The subscription ends before it starts (${start}).`);
  }
  const monthly = mrr ?? (arr === null ? null : { ...arr, amountMinor: Math.round(arr.amountMinor / 12) });
  return { kind: 'subscription', account, id, start, end, mrr: monthly, ...rest };
}

/** A paid invoice without a day of payment counts as paid when due, so that it is never taken for late. */
export function buildInvoice(row: RowReader, settings: DatedSettings): InvoiceRow | null {
  const account = row.account();
  const id = row.requiredText('id');
  const issued = momentOrDated(row, 'issued', settings)?.day ?? null;
  const due = row.day('due');
  const amount = row.requiredMoney('amount', row.currency());
  const paidOn = row.day('paidOn');
  const failedOn = row.day('failedOn');
  const given = row.option<InvoiceStatus>('status');
  if (account === null || id === null || issued === null || amount === null) return null;
  const status = given ?? (paidOn !== null ? 'paid' : failedOn !== null ? 'failed' : 'open');
  const paid = status === 'paid' ? (paidOn ?? earliest(due ?? issued, settings.dated ?? settings.receivedOn)) : null;
  return { kind: 'invoice', account, id, issued, due, amount, status, paidOn: paid, failedOn };
}

export function buildTouchpoint(row: RowReader, settings: DatedSettings): TouchpointRow | null {
  const account = row.account();
  const moment = momentOrDated(row, 'at', settings);
  const touchpoint = row.option<TouchpointKind>('kind') ?? 'other';
  const internal = (row.boolean('internal') ?? false) || touchpoint === 'note';
  const counts = !internal && (row.boolean('counts') ?? true);
  const links = row.list('links') ?? [];
  const contacts = attendees(row);
  const rest = { id: row.text('id'), author: row.text('author'), text: row.text('text') };
  if (links.some((link) => !/^https?:\/\//i.test(link))) {
    row.refuse('links', 'BAD_LINK', 'A link begins with http:// or https://.');
  }
  if (account === null || moment === null) return null;
  const id = rest.id ?? settings.contentId();
  return {
    kind: 'touchpoint',
    account,
    ...rest,
    id,
    touchpoint,
    day: moment.day,
    at: moment.at,
    contacts,
    links,
    counts,
  };
}

function attendees(row: RowReader): ContactRef[] {
  const contacts: ContactRef[] = [];
  const one = row.contact();
  if (one !== null) contacts.push(one);
  for (const text of row.list('contacts') ?? []) {
    const email = coerceEmail(text);
    if (!email.ok) row.refuse('contacts', email.code, email.message);
    else if (email.value !== null && email.value !== one?.email) {
      contacts.push({ externalId: null, email: email.value, name: null });
    }
  }
  return contacts;
}

export function buildDeal(row: RowReader, settings: DatedSettings): DealRow | null {
  const account = row.account();
  const id = row.requiredText('id');
  const stage = row.text('stage');
  const closeDate = row.day('closeDate');
  const won = row.day('wonOn');
  const lost = row.day('lostOn');
  const outcome = row.option<DealOutcome>('outcome') ?? outcomeOf(stage, won, lost);
  const rest = {
    deal: row.option<DealKind>('kind') ?? 'expansion',
    name: row.text('name'),
    amount: row.money('amount', row.currency()),
    probability: row.number('probability'),
    openedOn: row.day('openedOn'),
    owner: row.text('owner'),
    reason: row.text('reason'),
  };
  if (account === null || id === null) return null;
  const asOf = settings.dated ?? settings.receivedOn;
  const ended = closeDate === null ? asOf : earliest(closeDate, asOf);
  const wonOn = outcome === 'won' ? (won ?? ended) : null;
  const lostOn = outcome === 'lost' ? (lost ?? ended) : null;
  return { kind: 'deal', account, id, stage, closeDate, outcome, wonOn, lostOn, ...rest };
}

/** Days of winning or losing tell; else the name of the stage, as CRMs write it. */
function outcomeOf(stage: string | null, won: IsoDay | null, lost: IsoDay | null): DealOutcome {
  if (won !== null) return 'won';
  if (lost !== null) return 'lost';
  const word = plainWord(stage ?? '').replaceAll(' ', '');
  if (word === 'won' || word === 'closedwon') return 'won';
  return word === 'lost' || word === 'closedlost' ? 'lost' : 'open';
}

export function buildPulse(row: RowReader, settings: DatedSettings): PulseRow | null {
  const account = row.account();
  const day = momentOrDated(row, 'day', settings)?.day ?? null;
  const before = row.problems.length;
  const value = row.integer('value');
  const rest = { reasons: row.list('reasons') ?? [], author: row.text('author'), note: row.text('note') };
  if (value === null && row.problems.length === before) row.refuse('value', 'MISSING_VALUE', 'The pulse is missing.');
  if (account === null || day === null || value === null) return null;
  return { kind: 'pulse', account, day, value, ...rest };
}

const earliest = (a: IsoDay, b: IsoDay): IsoDay => (a < b ? a : b);
