import type { CatalogueField, FieldHistory, FieldType } from './catalogue.js';

/** What a rule may ask of the rows that belong to an account: each kind of row has a small catalogue of its own. */

export const RELATED_KINDS = [
  'invoice',
  'ticket',
  'subscription',
  'contact',
  'touchpoint',
  'surveyAnswer',
  'deal',
] as const;
export type RelatedKind = (typeof RELATED_KINDS)[number];

/** `all` asks for at least one row. */
export const QUANTIFIERS = ['any', 'none', 'all', 'atLeast'] as const;
export type Quantifier = (typeof QUANTIFIERS)[number];

export const RELATED_WORDS: Record<RelatedKind, { one: string; many: string }> = {
  invoice: { one: 'an invoice', many: 'invoices' },
  ticket: { one: 'a ticket', many: 'tickets' },
  subscription: { one: 'a subscription', many: 'subscriptions' },
  contact: { one: 'a contact', many: 'contacts' },
  touchpoint: { one: 'a touchpoint', many: 'touchpoints' },
  surveyAnswer: { one: 'a survey answer', many: 'survey answers' },
  deal: { one: 'a deal', many: 'deals' },
};

interface RelatedField {
  label: string;
  type: FieldType;
  history: FieldHistory;
  options?: Record<string, string>;
  unit?: string;
}

const dated = (label: string, type: FieldType, more: Partial<RelatedField> = {}): RelatedField => ({
  label,
  type,
  history: 'dated',
  ...more,
});
const versioned = (label: string, type: FieldType): RelatedField => ({ label, type, history: 'versioned' });
const nowOnly = (label: string, type: FieldType, more: Partial<RelatedField> = {}): RelatedField => ({
  label,
  type,
  history: 'now-only',
  ...more,
});

/**
 * Only rows known on the day count, and a date after the day has not come yet. Amounts are in the workspace's currency,
 * at the day's rate; without a rate they are not set. Ratings are on one scale: satisfaction 1–5, NPS 0–10.
 */
export const RELATED_FIELDS = {
  invoice: {
    issuedOn: dated('Issued on', 'date'),
    dueOn: dated('Due on', 'date'),
    paidOn: dated('Paid on', 'date'),
    amount: dated('Amount', 'money'),
    currency: dated('Currency', 'text'),
    status: dated('Status', 'enum', { options: { open: 'Open', paid: 'Paid', failed: 'Failed', void: 'Void' } }),
    unpaid: dated('Unpaid', 'boolean'),
    daysOverdue: dated('Days overdue', 'number', { unit: 'days' }),
  },
  ticket: {
    openedOn: dated('Opened on', 'date'),
    closedOn: dated('Closed on', 'date'),
    open: dated('Open', 'boolean'),
    daysOpen: dated('Days open', 'number', { unit: 'days' }),
    priority: dated('Priority', 'enum', { options: { urgent: 'Urgent', high: 'High', normal: 'Normal', low: 'Low' } }),
    status: nowOnly('Status', 'enum', {
      options: { open: 'Open', pending: 'Pending', escalated: 'Escalated', closed: 'Closed' },
    }),
    subject: dated('Subject', 'text'),
    resolutionHours: dated('Hours to resolution', 'number', { unit: 'hours' }),
    satisfaction: dated('Satisfaction', 'number'),
  },
  subscription: {
    startsOn: dated('Starts on', 'date'),
    endsOn: dated('Ends on', 'date'),
    active: dated('Active', 'boolean'),
    plan: dated('Plan', 'text'),
    quantity: dated('Quantity', 'number'),
    seatBased: dated('Seat-based', 'boolean'),
    mrr: dated('MRR', 'money'),
    currency: dated('Currency', 'text'),
    termMonths: dated('Term', 'number', { unit: 'months' }),
    autoRenew: dated('Auto-renew', 'boolean'),
  },
  contact: {
    name: versioned('Name', 'text'),
    email: versioned('E-mail', 'text'),
    title: versioned('Title', 'text'),
    role: versioned('Role', 'text'),
    primary: versioned('Primary', 'boolean'),
    consent: versioned('Consent', 'boolean'),
    optedOut: versioned('Opted out', 'boolean'),
    leftOn: dated('Left on', 'date'),
    firstSeen: dated('First seen', 'date'),
    lastSeen: nowOnly('Last seen', 'date'),
    lastActive: dated('Last active', 'date'),
    lastTouched: dated('Last touched', 'date'),
  },
  touchpoint: {
    on: dated('Day', 'date'),
    kind: dated('Kind', 'text'),
    author: dated('Author', 'user'),
    text: dated('Text', 'text'),
    counts: dated('Counts as touch', 'boolean'),
  },
  surveyAnswer: {
    answeredOn: dated('Answered on', 'date'),
    kind: dated('Survey', 'enum', { options: { nps: 'NPS', csat: 'CSAT' } }),
    score: dated('Score', 'number'),
    comment: dated('Comment', 'text'),
  },
  deal: {
    openedOn: dated('Opened on', 'date'),
    endedOn: dated('Ended on', 'date'),
    kind: dated('Kind', 'enum', { options: { expansion: 'Expansion', renewal: 'Renewal', new: 'New' } }),
    state: dated('State', 'enum', { options: { open: 'Open', won: 'Won', lost: 'Lost' } }),
    name: dated('Name', 'text'),
    reason: dated('Reason', 'text'),
    stage: nowOnly('Stage', 'text'),
    amount: nowOnly('Amount', 'money'),
    probability: nowOnly('Probability', 'percent', { unit: '%' }),
    closeOn: nowOnly('Close date', 'date'),
    owner: nowOnly('Owner', 'user'),
  },
} as const satisfies Record<RelatedKind, Record<string, RelatedField>>;

/** The fields of a kind of row, keyed without the kind; `money` is the unit of amounts, `users` names people. */
export function relatedFields(
  of: RelatedKind,
  { money, users }: { money: string | null; users: CatalogueField['options'] },
): CatalogueField[] {
  return Object.entries<RelatedField>(RELATED_FIELDS[of]).map(([key, { label, type, history, options, unit }]) => ({
    key,
    label,
    group: RELATED_WORDS[of].many,
    type,
    unit: type === 'money' ? money : (unit ?? null),
    description: '',
    stage: 'facts',
    history,
    options: options
      ? Object.entries(options).map(([value, word]) => ({ value, label: word }))
      : type === 'user'
        ? users
        : null,
    sortable: false,
    tracked: false,
  }));
}
