import type { AccountStatus } from '@steward/shared/common';
import type { Day, Month } from '../calendar/day.js';

/**
 * Everything known about one account that signals read: plain data, loaded in batches. Rows may stand in any order;
 * rows dated after the day of the computation are ignored, so the same facts serve several days.
 *
 * Loaded from at least: usage ledger, event counts – the first month of the earliest window asked for (`factHorizon`);
 * tickets – all open ones, and those opened or closed inside the longest ticket window; answers, touchpoints – the
 * longest window of each; invoices, subscriptions, pulses, contacts – all.
 * Usage of background events is not in the ledger. Usage of internal contacts is left out by the computation where the
 * row names the contact, and by the ledger where it does not (features, event counts).
 */
export interface AccountFacts {
  account: AccountFields;
  contacts: ContactFacts[];
  usage: {
    contactMonths: ContactMonth[];
    featureMonths: FeatureMonth[];
    eventMonths: EventMonth[];
    /** Newest day with activity before the oldest month loaded; null when there is none. */
    lastActiveBefore: Day | null;
  };
  /** Counts of the raw events that own signals ask for, one list for each selection (`eventSelectionKey`). */
  eventSelections: Record<string, SelectedEvents[]>;
  /** Points of each metric by its key; only the metrics that a signal reads. */
  metrics: Record<string, MetricPoint[]>;
  /** Versions of each custom attribute that a signal reads, and no other. */
  attributes: Record<string, AttributeVersion[]>;
  subscriptions: SubscriptionFacts[];
  invoices: InvoiceFacts[];
  tickets: TicketFacts[];
  answers: SurveyAnswer[];
  touchpoints: TouchpointFacts[];
  /** Newest counting touchpoint before the oldest one loaded; null when there is none. */
  lastTouchBefore: Day | null;
  pulses: PulseFacts[];
  /** First fact of the account by source; absent = none yet. Decides coverage where a source covers "accounts seen". */
  firstFactDay: Partial<Record<SourceKey, Day>>;
  /** Key of the account's tier at the close of the day before; null before there is one. */
  tierBefore: string | null;
}

/** Account fields as they stood on the day of the computation. Money in minor units of the workspace's currency. */
export interface AccountFields {
  status: AccountStatus;
  /** Null: not a live account now. `since` null: live since before its history begins. */
  live: { since: Day | null } | null;
  customerSince: Day | null;
  /** The day on which an account that had churned became a customer again; null: it never left, or is no customer. */
  returnedOn: Day | null;
  /** The day on which it churned; null: it has not churned. */
  churnedOn: Day | null;
  renewalDate: Day | null;
  /** The account's own ARR field; used where the account never had a subscription. */
  arrMinor: number | null;
  /** The account's own seats field; used where no seat-based subscription is active. */
  seats: number | null;
}

export interface ContactFacts {
  /** Identity shown in evidence. */
  ref?: string;
  role: string | null;
  internal: boolean;
  leftOn: Day | null;
  /** Newest day on which the contact is known to have been active or in a touchpoint, outside the rows loaded. */
  lastSeen: Day | null;
}

/** Index of a contact in `contacts`, or NO_CONTACT where the row names nobody. */
export type ContactIndex = number;
export const NO_CONTACT = -1;

/** Bit d − 1 of `days` = active on day d of the month. */
export interface ContactMonth {
  contact: ContactIndex;
  month: Month;
  days: number;
}

/** Only tracked features; `feature` is any small whole number that stands for one feature. */
export interface FeatureMonth {
  feature: number;
  month: Month;
  days: number;
}

/** Number of events on each day of the month; `counts[d − 1]` for day d. */
export interface EventMonth {
  month: Month;
  counts: readonly number[];
}

export interface SelectedEvents {
  contact: ContactIndex;
  day: Day;
  count: number;
}

/** A point stands for its whole period and is dated on the period's last day. */
export interface MetricPoint {
  day: Day;
  value: number;
}

/** A first value holds backwards. Dates are days; yes/no is true or false. */
export interface AttributeVersion {
  from: Day;
  value: number | boolean | string | null;
}

export interface SubscriptionFacts {
  ref?: string;
  start: Day;
  /** Last day; null = open-ended. */
  end: Day | null;
  mrrMinor: number | null;
  quantity: number | null;
  seatBased: boolean;
  autoRenew: boolean;
  termMonths: number | null;
}

export interface InvoiceFacts {
  ref?: string;
  issued: Day;
  due: Day | null;
  /** Null: in a currency without an exchange rate. */
  amountMinor: number | null;
  status: 'open' | 'paid' | 'failed' | 'void';
  paidOn: Day | null;
  failedOn: Day | null;
}

export interface TicketFacts {
  ref?: string;
  opened: Day;
  closed: Day | null;
  priority: 'urgent' | 'high' | 'normal' | 'low' | null;
  resolutionHours: number | null;
  /** On the scale 1–5. */
  satisfaction: number | null;
}

export interface SurveyAnswer {
  ref?: string;
  kind: 'nps' | 'csat';
  day: Day;
  /** nps: 0–10; csat: on the scale 1–5. */
  score: number;
  contact: ContactIndex;
}

export interface TouchpointFacts {
  ref?: string;
  day: Day;
  counts: boolean;
  contacts: readonly ContactIndex[];
}

export interface PulseFacts {
  day: Day;
  value: number;
}

/**
 * What a signal depends on, as the workspace delivers it. `nps` and `csat` are told apart because a workspace may run
 * only one of them (csat: a csat answer or a rated ticket); `seats`, `arr`, `renewal` and `customerSince` are account
 * fields or subscriptions that give them.
 */
export type SourceKey =
  | 'events'
  | 'features'
  | 'tickets'
  | 'nps'
  | 'csat'
  | 'pulses'
  | 'touchpoints'
  | 'contacts'
  | 'invoices'
  | 'subscriptions'
  | 'seats'
  | 'arr'
  | 'renewal'
  | 'customerSince'
  | `metric:${string}`
  | `attribute:${string}`;
