import type { FactField } from './fact-fields.js';
import { ACCOUNT_FIELDS, CONTACT_FIELDS } from './fact-fields-people.js';
import { EVENT_FIELDS, METRIC_FIELDS, SURVEY_FIELDS, TICKET_FIELDS } from './fact-fields-usage.js';
import {
  DEAL_FIELDS,
  INVOICE_FIELDS,
  PULSE_FIELDS,
  SUBSCRIPTION_FIELDS,
  TOUCHPOINT_FIELDS,
} from './fact-fields-work.js';

/** Every kind of fact that can be brought in, with its fields, as data: for mappings, the wizard and the documentation. */

export const FACT_KINDS = [
  'account',
  'contact',
  'event',
  'metric',
  'subscription',
  'invoice',
  'ticket',
  'survey',
  'touchpoint',
  'deal',
  'pulse',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Events are taken from so many months back to one day ahead: the ledger of usage keeps a table a month. */
export const OLDEST_EVENT_MONTHS = 36;
export const EVENT_BOUNDS = `Events are taken from ${OLDEST_EVENT_MONTHS} months back to one day ahead.`;

export interface FactKindInfo {
  kind: FactKind;
  label: string;
  plural: string;
  description: string;
  fields: readonly FactField[];
  /**
   * The field that dates the fact. A file without a column for it is read only as of a day that is given for all of
   * it. Null: the kind needs none (what it lacks counts as of the day it is received).
   */
  dayField: string | null;
  /** Whether columns may go to custom attributes (for events: properties). */
  takesAttributes: boolean;
  /** Whether each of several columns may be a metric of its own. */
  takesMetrics: boolean;
}

const KINDS: Record<FactKind, Omit<FactKindInfo, 'kind'>> = {
  account: {
    label: 'Account',
    plural: 'Accounts',
    description: 'One row an account: who they are, what they pay, when they renew, who looks after them.',
    fields: ACCOUNT_FIELDS,
    dayField: null,
    takesAttributes: true,
    takesMetrics: false,
  },
  contact: {
    label: 'Contact',
    plural: 'Contacts',
    description: 'People at the accounts, with their role.',
    fields: CONTACT_FIELDS,
    dayField: null,
    takesAttributes: true,
    takesMetrics: false,
  },
  event: {
    label: 'Product event',
    plural: 'Product events',
    description: `What people did in the product, one row an event or a count by day and feature. ${EVENT_BOUNDS}`,
    fields: EVENT_FIELDS,
    dayField: 'occurredAt',
    takesAttributes: true,
    takesMetrics: false,
  },
  metric: {
    label: 'Metric',
    plural: 'Metrics',
    description: 'Numbers by account and day or month: one row a value, or one column a metric.',
    fields: METRIC_FIELDS,
    dayField: 'day',
    takesAttributes: false,
    takesMetrics: true,
  },
  subscription: {
    label: 'Subscription',
    plural: 'Subscriptions',
    description: 'What an account has subscribed to, from when to when, for how much a month.',
    fields: SUBSCRIPTION_FIELDS,
    dayField: 'start',
    takesAttributes: false,
    takesMetrics: false,
  },
  invoice: {
    label: 'Invoice',
    plural: 'Invoices',
    description: 'What was billed, when it was due and whether it is paid.',
    fields: INVOICE_FIELDS,
    dayField: 'issued',
    takesAttributes: false,
    takesMetrics: false,
  },
  ticket: {
    label: 'Support ticket',
    plural: 'Support tickets',
    description: 'Requests to support with priority, state and satisfaction.',
    fields: TICKET_FIELDS,
    dayField: 'opened',
    takesAttributes: false,
    takesMetrics: false,
  },
  survey: {
    label: 'Survey answer',
    plural: 'Survey answers',
    description: 'NPS and CSAT answers with their comments.',
    fields: SURVEY_FIELDS,
    dayField: 'day',
    takesAttributes: false,
    takesMetrics: false,
  },
  touchpoint: {
    label: 'Touchpoint',
    plural: 'Touchpoints',
    description: 'Calls, meetings, e-mails and notes.',
    fields: TOUCHPOINT_FIELDS,
    dayField: 'at',
    takesAttributes: false,
    takesMetrics: false,
  },
  deal: {
    label: 'Deal',
    plural: 'Deals',
    description: 'Expansion, renewal and new business in the pipeline.',
    fields: DEAL_FIELDS,
    dayField: null,
    takesAttributes: false,
    takesMetrics: false,
  },
  pulse: {
    label: 'Pulse',
    plural: 'Pulses',
    description: "A person's own judgement of an account, from 1 (severe risk) to 6 (extremely satisfied).",
    fields: PULSE_FIELDS,
    dayField: 'day',
    takesAttributes: false,
    takesMetrics: false,
  },
};

export function factKindInfo(kind: FactKind): FactKindInfo {
  return { kind, ...KINDS[kind] };
}

export function factField(kind: FactKind, key: string): FactField | null {
  return KINDS[kind].fields.find((field) => field.key === key) ?? null;
}
