import type { AccountStatus, IsoDay } from '@steward/shared/common';
import type { MetricPeriod } from '@steward/shared/days';

export type { IsoDay, MetricPeriod };

/**
 * One typed fact, as every way in hands it over: a file's row after its mapping, a message of the HTTP API, a form.
 * Whoever stores facts takes these and nothing else.
 *
 * Conventions, for all kinds:
 * - days are ISO text `YYYY-MM-DD` between the years 1900 and 2200, instants ISO text in UTC (`2026-03-01T10:00:00.000Z`);
 * - money is an integer of minor units with its ISO 4217 currency, already defaulted to the workspace's;
 * - text is trimmed, NFC, never empty (empty is null) and holds no NUL;
 * - `null` means "not known"; only account and contact rows are patches, in which a field that is missing was not
 *   delivered and stays as it is, while `null` clears it. All other kinds are whole: they replace what was stored.
 */

export type IsoInstant = string;

export interface Money {
  /** Integer, minor units of `currency` (cents for EUR, yen for JPY). */
  amountMinor: number;
  /** ISO 4217, upper case. */
  currency: string;
}

/** How a fact names its account: directly, or through one of the account's subscriptions. */
export type AccountRef = { via: 'externalId'; id: string } | { via: 'subscription'; id: string };

/** A person of the account. At least one of the three is set; `externalId` wins, then `email` (lower case). */
export interface ContactRef {
  externalId: string | null;
  email: string | null;
  name: string | null;
}

/** A custom attribute's value with its declared type; a null value clears it. */
export type AttributeValue =
  | { type: 'text'; value: string | null }
  | { type: 'number'; value: number | null }
  | { type: 'date'; value: IsoDay | null }
  | { type: 'boolean'; value: boolean | null };

export type Attributes = Record<string, AttributeValue>;

export interface AccountFields {
  name: string | null;
  domain: string | null;
  industry: string | null;
  size: string | null;
  employees: number | null;
  country: string | null;
  region: string | null;
  timeZone: string | null;
  plan: string | null;
  seats: number | null;
  currency: string | null;
  arr: Money | null;
  mrr: Money | null;
  customerSince: IsoDay | null;
  renewalDate: IsoDay | null;
  noticePeriodDays: number | null;
  noticeGivenOn: IsoDay | null;
  leavesOn: IsoDay | null;
  /** Owner text as delivered: an e-mail address or a full name, matched with users by whoever stores it. */
  csm: string | null;
  am: string | null;
  parentExternalId: string | null;
  status: AccountStatus | null;
  churnedOn: IsoDay | null;
  churnReason: string | null;
  tags: string[] | null;
}

export interface AccountRow {
  kind: 'account';
  account: AccountRef;
  fields: Partial<AccountFields>;
  attributes: Attributes;
  /** From which day the values hold (row's own date, else the file's as-of day); null: the day it is received. */
  effectiveOn: IsoDay | null;
}

export interface ContactFields {
  name: string | null;
  email: string | null;
  title: string | null;
  role: string | null;
  primary: boolean | null;
  consent: boolean | null;
  leftOn: IsoDay | null;
  internal: boolean | null;
  firstSeenOn: IsoDay | null;
  lastSeenOn: IsoDay | null;
}

export interface ContactRow {
  kind: 'contact';
  account: AccountRef;
  contact: ContactRef;
  fields: Partial<ContactFields>;
  attributes: Attributes;
  effectiveOn: IsoDay | null;
}

export interface EventRow {
  kind: 'event';
  account: AccountRef;
  /** Exactly-once key. From a file without such a column it is made from the row's content. */
  messageId: string;
  contact: ContactRef | null;
  name: string;
  feature: string | null;
  /** The client's own time; null: the time the message first arrives. A day alone is the start of that workspace day. */
  occurredAt: IsoInstant | null;
  /** How many times it happened: 1, or more for a row that already sums (a usage export by day). At least 1. */
  count: number;
  properties: Record<string, unknown>;
}

export interface MetricRow {
  kind: 'metric';
  account: AccountRef;
  metric: string;
  /** Last day of the period that the point stands for (`2026-03` arrives as 2026-03-31). */
  day: IsoDay;
  value: number;
  /** The period as far as the input tells; null: whatever the metric declares, day for a new one. */
  period: MetricPeriod | null;
}

export interface SubscriptionRow {
  kind: 'subscription';
  account: AccountRef;
  id: string;
  plan: string | null;
  /** Not negative; null: unknown. Counts as seats when `seatBased`. */
  quantity: number | null;
  seatBased: boolean;
  mrr: Money | null;
  start: IsoDay;
  /** Last day; null: runs on. */
  end: IsoDay | null;
  termMonths: number | null;
  autoRenew: boolean | null;
}

export type InvoiceStatus = 'open' | 'paid' | 'failed' | 'void';

export interface InvoiceRow {
  kind: 'invoice';
  account: AccountRef;
  id: string;
  issued: IsoDay;
  due: IsoDay | null;
  amount: Money;
  status: InvoiceStatus;
  paidOn: IsoDay | null;
  failedOn: IsoDay | null;
}

export type TicketPriority = 'urgent' | 'high' | 'normal' | 'low';
export type TicketStatus = 'open' | 'pending' | 'escalated' | 'closed';

/** A rating with the ends of its scale, so that 3 of 5 and 3 of 10 are told apart. */
export interface Rating {
  score: number;
  scaleMin: number;
  scaleMax: number;
}

export interface TicketRow {
  kind: 'ticket';
  account: AccountRef;
  id: string;
  subject: string | null;
  opened: IsoDay;
  /** Null where the input knows the day only. */
  openedAt: IsoInstant | null;
  /** Set exactly when `status` is closed. */
  closed: IsoDay | null;
  closedAt: IsoInstant | null;
  /** Hours from opening to closing: as delivered, else from the two instants; null where neither is known. */
  resolutionHours: number | null;
  priority: TicketPriority | null;
  status: TicketStatus;
  satisfaction: Rating | null;
  contact: ContactRef | null;
  /** Status and resolution contradict each other (not closed, yet with a closing time or resolution hours); status won. */
  disagrees: boolean;
  /** Closed without any closing time: `closed` is the as-of day. */
  closedAssumed: boolean;
}

export type SurveyKind = 'nps' | 'csat';

export interface SurveyRow {
  kind: 'survey';
  account: AccountRef;
  /** Null: contact and day identify the answer. From a file without id and contact it is made from the row's content. */
  id: string | null;
  survey: SurveyKind;
  /** NPS 0–10; CSAT on its own scale. */
  rating: Rating;
  day: IsoDay;
  comment: string | null;
  contact: ContactRef | null;
}

export type TouchpointKind = 'call' | 'meeting' | 'email' | 'note' | 'other';

export interface TouchpointRow {
  kind: 'touchpoint';
  account: AccountRef;
  /** From a file without such a column it is made from the row's content. */
  id: string;
  touchpoint: TouchpointKind;
  day: IsoDay;
  at: IsoInstant | null;
  author: string | null;
  contacts: ContactRef[];
  text: string | null;
  links: string[];
  /** Whether it counts as a touch; an internal note never does. */
  counts: boolean;
}

export type DealKind = 'expansion' | 'renewal' | 'new';
export type DealOutcome = 'open' | 'won' | 'lost';

export interface DealRow {
  kind: 'deal';
  account: AccountRef;
  id: string;
  deal: DealKind;
  name: string | null;
  stage: string | null;
  amount: Money | null;
  /** 0–100 %. */
  probability: number | null;
  openedOn: IsoDay | null;
  closeDate: IsoDay | null;
  owner: string | null;
  outcome: DealOutcome;
  wonOn: IsoDay | null;
  lostOn: IsoDay | null;
  reason: string | null;
}

export interface PulseRow {
  kind: 'pulse';
  account: AccountRef;
  day: IsoDay;
  /** 1 (severe risk) to 6 (extremely satisfied). */
  value: number;
  reasons: string[];
  author: string | null;
  note: string | null;
}

export type FactRow =
  | AccountRow
  | ContactRow
  | EventRow
  | MetricRow
  | SubscriptionRow
  | InvoiceRow
  | TicketRow
  | SurveyRow
  | TouchpointRow
  | DealRow
  | PulseRow;
