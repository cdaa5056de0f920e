import type { CatalogueField, FieldHistory, FieldStage, FieldType } from './catalogue.js';
import { KIND_WORDS, OUTCOME_WORDS, RULE_STATUS_WORDS } from './goal-words.js';

/** What a rule may ask of the rows that belong to an account: each kind of row has a small catalogue of its own. */

export const RELATED_KINDS = [
  'invoice',
  'ticket',
  'subscription',
  'contact',
  'touchpoint',
  'surveyAnswer',
  'deal',
  'goal',
  'childAccount',
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
  goal: { one: 'a goal', many: 'goals' },
  childAccount: { one: 'a child account', many: 'child accounts' },
};

/**
 * The stage that makes the rows of a kind: what it starts or ends on a day, rules of that stage and of earlier ones see a
 * day later. What people do to them counts at once, and filters see all of it. Of child accounts a run reads what it left
 * behind of the day before: they lie in other batches, which come earlier or later.
 */
export function relatedStage(of: RelatedKind): FieldStage {
  switch (of) {
    case 'goal':
      return 'goals';
    case 'childAccount':
      return 'snapshots';
    default:
      return 'facts';
  }
}

interface RelatedField {
  label: string;
  type: FieldType;
  history: FieldHistory;
  options?: Record<string, string>;
  unit?: string;
  /** The account's own field of the same meaning: its unit and options are those of the row's. */
  as?: string;
}

const dated = (label: string, type: FieldType, more: Partial<RelatedField> = {}): RelatedField => ({
  label,
  type,
  history: 'dated',
  ...more,
});
const versioned = (label: string, type: FieldType): RelatedField => ({ label, type, history: 'versioned' });
const ofAccount = (as: string, label: string, type: FieldType, history: FieldHistory = 'snapshot'): RelatedField => ({
  label,
  type,
  history,
  as,
});
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
  /** A goal at risk is in progress, too: since when it has been at risk is not kept for rules. */
  goal: {
    playbook: dated('Playbook', 'enum'),
    kind: dated('Kind', 'enum', { options: KIND_WORDS }),
    open: dated('Open', 'boolean'),
    status: dated('Status', 'enum', { options: RULE_STATUS_WORDS }),
    startsOn: dated('Starts on', 'date'),
    dueOn: dated('Due on', 'date'),
    endedOn: dated('Ended on', 'date'),
    outcome: dated('Outcome', 'enum', { options: OUTCOME_WORDS }),
    name: dated('Name', 'text'),
    atRisk: nowOnly('At risk', 'boolean'),
    owner: nowOnly('Owner', 'user'),
  },
  /**
   * Accounts right below the account in the family of now, as they were computed: one that was not, on the day that is
   * asked about, is not known. Of accounts that the reader may not see nothing is told.
   */
  childAccount: {
    name: ofAccount('account.name', 'Name', 'text', 'versioned'),
    status: ofAccount('account.status', 'Status', 'enum'),
    arr: ofAccount('account.arr', 'ARR', 'money'),
    renewalDate: ofAccount('account.renewalDate', 'Renewal date', 'date'),
    tier: ofAccount('tier', 'Tier', 'enum'),
    score: ofAccount('health.score', 'Health score', 'number'),
    band: ofAccount('health.band', 'Health band', 'enum'),
    stage: ofAccount('stage', 'Lifecycle stage', 'enum'),
    csm: ofAccount('account.csm', 'CSM', 'user'),
    am: ofAccount('account.am', 'Account manager', 'user'),
  },
} as const satisfies Record<RelatedKind, Record<string, RelatedField>>;

/** What rows of this workspace are told by. */
export interface RelatedWords {
  /** The account's own fields, by their keys: rows have their amounts, people, tiers and stages in the same words. */
  own: (key: string) => Pick<CatalogueField, 'unit' | 'options'> | undefined;
  playbooks: readonly { id: string; name: string }[];
}

/** The account's own field that says what a field of rows is counted in and may be. */
const LIKE: Partial<Record<FieldType, string>> = { money: 'account.arr', user: 'account.csm' };

/** The fields of a kind of row, keyed without the kind. */
export function relatedFields(of: RelatedKind, { own, playbooks }: RelatedWords): CatalogueField[] {
  const likeOf = ({ type, as = LIKE[type] }: RelatedField) => (as === undefined ? undefined : own(as));
  const optionsOf = (key: string, field: RelatedField): CatalogueField['options'] => {
    if (of === 'goal' && key === 'playbook') return playbooks.map(({ id, name }) => ({ value: id, label: name }));
    if (field.options) return Object.entries(field.options).map(([value, label]) => ({ value, label }));
    return likeOf(field)?.options ?? null;
  };
  return Object.entries<RelatedField>(RELATED_FIELDS[of]).map(([key, field]) => ({
    key,
    label: field.label,
    group: RELATED_WORDS[of].many,
    type: field.type,
    unit: field.unit ?? likeOf(field)?.unit ?? null,
    description: '',
    stage: relatedStage(of),
    history: field.history,
    options: optionsOf(key, field),
    sortable: false,
    tracked: false,
  }));
}
