import type { EventRow, FactRow } from '@steward/api/domain/values/fact-rows';

/** A made-up company of any size. Everything derives from hashes: the same options give the same facts. */
export interface CompanyOptions {
  accounts: number;
  contactsPerAccount: number;
  /** Days of usage, the last one being `lastDay`. */
  usageDays: number;
  /** ISO day. */
  lastDay: string;
  /** E-mail addresses of the CSMs among whom the accounts are shared out; none by default. */
  csms?: readonly string[];
}

const FEATURES = 20;
const DAY_MS = 86_400_000;

/** A number in [0, 1) from a text and numbers; the same ones give the same. */
export function chance(what: string, ...numbers: number[]): number {
  let hash = 2_166_136_261;
  for (let i = 0; i < what.length; i += 1) hash = Math.imul(hash ^ what.charCodeAt(i), 16_777_619);
  for (const number of numbers) {
    hash = Math.imul(hash ^ number, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4_294_967_296;
}

export const externalId = (account: number) => `A-${account}`;
const contactExternalId = (account: number, contact: number) => `A-${account}-${contact}`;

export function isoDay(from: string, days: number): string {
  return new Date(Date.parse(from) + days * DAY_MS).toISOString().slice(0, 10);
}

const refOf = (account: number) => ({ via: 'externalId', id: externalId(account) }) as const;

/**
 * Numbers 0 … count − 1, each once, neighbours far apart: facts of one account arrive strewn among those of all others,
 * another way every day.
 */
export function* strewn(count: number, round: number): Generator<number> {
  let step = Math.floor(count * 0.618) + 1 + round;
  while (greatestDivisor(step, count) !== 1) step += 1;
  for (let i = 0, at = (round * 7919) % count; i < count; i += 1, at = (at + step) % count) yield at;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** Accounts, told before the first day of usage. */
export function* accountsOf({ accounts, contactsPerAccount, lastDay, csms = [] }: CompanyOptions): Generator<FactRow> {
  for (const account of strewn(accounts, 1)) {
    const arr = Math.round(10 ** (3.5 + 2.2 * chance('arr', account))) * 100;
    yield {
      kind: 'account',
      account: refOf(account),
      fields: {
        name: `Account ${account}`,
        industry: ['Retail', 'Health', 'Finance', 'Software'][account % 4] ?? null,
        country: ['DE', 'US', 'FR', 'GB'][account % 4] ?? null,
        plan: ['basic', 'pro', 'enterprise'][account % 3] ?? null,
        seats: contactsPerAccount + (account % 9),
        currency: 'USD',
        arr: { amountMinor: arr, currency: 'USD' },
        // One account in ten became a customer so lately that changes over two windows cannot be told.
        customerSince: isoDay(lastDay, -(account % 10 === 0 ? 20 + (account % 30) : 150 + (account % 900))),
        renewalDate: isoDay(lastDay, account % 365),
        status: account % 40 === 0 ? 'churned' : 'customer',
        csm: csms[account % csms.length] ?? null,
        churnedOn: account % 40 === 0 ? isoDay(lastDay, -40) : null,
      },
      attributes: {},
      effectiveOn: null,
    };
  }
}

/** The people of the accounts. */
export function* contactsOf({ accounts, contactsPerAccount }: CompanyOptions): Generator<FactRow> {
  for (const at of strewn(accounts * contactsPerAccount, 2)) {
    const [account, contact] = [Math.floor(at / contactsPerAccount), at % contactsPerAccount];
    yield {
      kind: 'contact',
      account: refOf(account),
      contact: { externalId: contactExternalId(account, contact), email: null, name: null },
      fields: {
        name: `Contact ${contact}`,
        email: `c${contact}@a${account}.example`,
        role: contact === 0 ? 'champion' : null,
        primary: contact === 0,
      },
      attributes: {},
      effectiveOn: null,
    };
  }
}

/** A few rows of every other fact, in the order of nothing. */
export function* dealings({ accounts, lastDay }: CompanyOptions): Generator<FactRow> {
  for (const account of strewn(accounts, 3)) {
    const ref = refOf(account);
    const mrr = { amountMinor: Math.round((10 ** (3.5 + 2.2 * chance('arr', account)) * 100) / 12), currency: 'USD' };
    const start = isoDay(lastDay, -(30 + (account % 330)));
    yield {
      kind: 'subscription',
      account: ref,
      id: `S-${account}`,
      plan: 'pro',
      quantity: 8 + (account % 9),
      seatBased: true,
      mrr,
      start,
      end: isoDay(start, 365),
      termMonths: 12,
      autoRenew: account % 2 === 0,
    };
    for (let n = 1; n <= 2; n += 1) {
      const paid = chance('paid', account, n) < 0.9;
      yield {
        kind: 'invoice',
        account: ref,
        id: `I-${account}-${n}`,
        issued: isoDay(lastDay, -30 * n),
        due: isoDay(lastDay, -30 * n + 14),
        amount: mrr,
        status: paid ? 'paid' : 'open',
        paidOn: paid ? isoDay(lastDay, -30 * n + 10) : null,
        failedOn: null,
      };
    }
    for (let n = 1; n <= 3; n += 1) {
      if (chance('ticket', account, n) > 0.6) continue;
      const opened = isoDay(lastDay, -11 * n);
      const isClosed = chance('closed', account, n) < 0.8;
      yield {
        kind: 'ticket',
        account: ref,
        id: `T-${account}-${n}`,
        subject: null,
        opened,
        openedAt: `${opened}T09:00:00.000Z`,
        closed: isClosed ? isoDay(opened, 2) : null,
        closedAt: isClosed ? `${isoDay(opened, 2)}T09:00:00.000Z` : null,
        resolutionHours: isClosed ? 48 : null,
        priority: (['urgent', 'high', 'normal', 'low'] as const)[(account + n) % 4] ?? null,
        status: isClosed ? 'closed' : 'open',
        satisfaction: isClosed ? { score: 1 + ((account + n) % 5), scaleMin: 1, scaleMax: 5 } : null,
        contact: null,
        disagrees: false,
        closedAssumed: false,
      };
    }
    for (let n = 1; n <= 3; n += 1) {
      yield {
        kind: 'touchpoint',
        account: ref,
        id: `P-${account}-${n}`,
        touchpoint: 'call',
        day: isoDay(lastDay, -Math.floor(60 * chance('touch', account, n))),
        at: null,
        author: null,
        contacts: [{ externalId: contactExternalId(account, n % 2), email: null, name: null }],
        text: null,
        links: [],
        counts: true,
      };
    }
    yield {
      kind: 'survey',
      account: ref,
      id: `N-${account}`,
      survey: 'nps',
      rating: { score: Math.floor(11 * chance('nps', account)), scaleMin: 0, scaleMax: 10 },
      day: isoDay(lastDay, -(account % 200)),
      comment: null,
      contact: { externalId: contactExternalId(account, 1), email: null, name: null },
    };
    if (account % 3 === 0) {
      const value = 1 + (account % 6);
      const day = isoDay(lastDay, -(account % 50));
      yield { kind: 'pulse', account: ref, day, value, reasons: value <= 3 ? ['other'] : [], author: null, note: null };
    }
  }
}

/** Events of one day, in order of arrival: accounts mixed as they come, hour by hour. */
export function* eventsOfDay(options: CompanyOptions, day: number): Generator<EventRow> {
  const { accounts, contactsPerAccount, usageDays, lastDay } = options;
  const iso = isoDay(lastDay, day - usageDays + 1);
  const midnight = Date.parse(iso);
  const isWeekend = [0, 6].includes(new Date(midnight).getUTCDay());
  const contacts = accounts * contactsPerAccount;
  let arrived = 0;
  for (const at of strewn(contacts, 10 + day)) {
    arrived += 1;
    // A fifth of the contacts never comes; the others come on a quarter to all of the working days. Of 20,000 accounts
    // with 8 contacts each this makes about a gigabyte of daily rows in 90 days.
    const zeal = chance('zeal', at);
    if (zeal < 0.2 || chance('day', at, day) > ((zeal * 15 + 1) / 16) * (isWeekend ? 0.1 : 1)) continue;
    const account = Math.floor(at / contactsPerAccount);
    // Six features an account, of which the day takes one; some are used by nearly all, some by few.
    const slot = Math.floor(6 * chance('slot', at, day));
    const feature = `feature-${Math.floor(FEATURES * chance('feature', account, slot) ** 2)}`;
    yield {
      kind: 'event',
      account: refOf(account),
      messageId: `m-${at}-${day}`,
      contact: { externalId: contactExternalId(account, at % contactsPerAccount), email: null, name: null },
      name: 'Feature Used',
      feature,
      occurredAt: new Date(midnight + Math.floor((arrived / contacts) * (DAY_MS - 1))).toISOString(),
      count: 1 + Math.floor(5 * chance('count', at, day)),
      properties: {},
    };
  }
}
