import type { FactList, FactPage } from '@steward/shared/accounts';

type Column = FactPage['columns'][number];

/** A list of facts on the account page: what it shows, and how the rows known by a day are found. */
export interface FactListSql {
  columns: readonly Column[];
  /** SQL of each column by its key, over `f`. `day` is the day's parameter. */
  select: (day: string) => Record<string, string>;
  from: string;
  /** True for what was known by the day: dated on it or before. */
  known: (day: string, timeZone: string) => string;
  order: string;
}

const column = (key: string, label: string, type: Column['type'] = 'text'): Column => ({ key, label, type });
const money = (amount: string, currency: string) =>
  `CASE WHEN ${amount} IS NOT NULL THEN jsonb_build_object('amountMinor', ${amount}, 'currency', ${currency}) END`;
const person = (name: string) =>
  `coalesce((SELECT u.full_name FROM steward.app_user u WHERE u.id = f.${name}_user_id), f.${name}_text)`;
const contact = `(SELECT coalesce(c.name, c.email, c.external_id) FROM steward.contact c
  WHERE c.account_id = f.account_id AND c.id = f.contact_id)`;

export const FACT_LIST_SQL: Record<FactList, FactListSql> = {
  contacts: {
    columns: [
      column('name', 'Name'),
      column('email', 'E-mail'),
      column('title', 'Title'),
      column('role', 'Role'),
      column('primary', 'Primary', 'boolean'),
      column('lastSeen', 'Last seen', 'date'),
      column('leftOn', 'Left on', 'date'),
    ],
    select: (day) => ({
      // No column: what names a contact in another request.
      id: 'f.id',
      name: 'coalesce(f.name, f.email, f.external_id)',
      email: 'f.email',
      title: 'f.title',
      role: 'f.role',
      primary: 'f.is_primary',
      // Never seen stays so: least() passes over NULL.
      lastSeen: `CASE WHEN f.last_seen IS NOT NULL THEN least(f.last_seen, ${day}) END`,
      leftOn: `CASE WHEN f.left_on <= ${day} THEN f.left_on END`,
    }),
    from: 'steward.contact f',
    known: (day) => `NOT f.internal AND (f.first_seen IS NULL OR f.first_seen <= ${day})`,
    order: 'f.is_primary DESC, f.last_seen DESC NULLS LAST, lower(coalesce(f.name, f.email)), f.id',
  },
  subscriptions: {
    columns: [
      column('plan', 'Plan'),
      column('quantity', 'Quantity', 'number'),
      column('mrr', 'MRR', 'money'),
      column('start', 'Start', 'date'),
      column('end', 'End', 'date'),
      column('autoRenew', 'Auto-renew', 'boolean'),
      column('id', 'Id'),
    ],
    select: () => ({
      plan: 'f.plan',
      quantity: 'f.quantity',
      mrr: money('f.mrr_minor', 'f.currency'),
      start: 'f.starts_on',
      end: 'f.ends_on',
      autoRenew: 'f.auto_renew',
      id: 'f.id',
    }),
    from: 'steward.subscription f',
    known: (day) => `f.starts_on <= ${day}`,
    order: 'f.starts_on DESC, f.id',
  },
  invoices: {
    columns: [
      column('id', 'Invoice'),
      column('issued', 'Issued', 'date'),
      column('due', 'Due', 'date'),
      column('amount', 'Amount', 'money'),
      column('status', 'Status'),
      column('paidOn', 'Paid on', 'date'),
    ],
    select: (day) => ({
      id: 'f.id',
      issued: 'f.issued_on',
      due: 'f.due_on',
      amount: money('f.amount_minor', 'f.currency'),
      status: `CASE WHEN f.paid_on > ${day} OR f.failed_on > ${day} THEN 'open' ELSE f.status END`,
      paidOn: `CASE WHEN f.paid_on <= ${day} THEN f.paid_on END`,
    }),
    from: 'steward.invoice f',
    known: (day) => `f.issued_on <= ${day}`,
    order: 'f.issued_on DESC, f.id',
  },
  tickets: {
    columns: [
      column('id', 'Ticket'),
      column('subject', 'Subject'),
      column('priority', 'Priority'),
      column('status', 'Status'),
      column('opened', 'Opened', 'date'),
      column('closed', 'Closed', 'date'),
      column('satisfaction', 'Satisfaction', 'number'),
    ],
    select: (day) => ({
      id: 'f.id',
      subject: 'f.subject',
      priority: 'f.priority',
      status: `CASE WHEN f.closed_on > ${day} THEN 'open' ELSE f.status END`,
      opened: 'f.opened_on',
      closed: `CASE WHEN f.closed_on <= ${day} THEN f.closed_on END`,
      satisfaction: `CASE WHEN coalesce(f.closed_on, f.opened_on) <= ${day} THEN f.satisfaction END`,
    }),
    from: 'steward.ticket f',
    known: (day) => `f.opened_on <= ${day}`,
    order: 'f.opened_on DESC, f.opened_at DESC, f.id',
  },
  surveys: {
    columns: [
      column('answered', 'Answered', 'date'),
      column('kind', 'Survey'),
      column('score', 'Score', 'number'),
      column('scale', 'Scale'),
      column('contact', 'Contact'),
      column('comment', 'Comment'),
    ],
    select: () => ({
      answered: 'f.answered_on',
      kind: 'upper(f.kind)',
      score: 'f.score',
      scale: `f.scale_min || '–' || f.scale_max`,
      contact,
      comment: 'f.comment',
    }),
    from: 'steward.survey_answer f',
    known: (day) => `f.answered_on <= ${day}`,
    order: 'f.answered_on DESC, f.kind, f.id',
  },
  touchpoints: {
    columns: [
      column('on', 'Day', 'date'),
      column('kind', 'Kind'),
      column('author', 'By'),
      column('text', 'Text'),
      column('contacts', 'With', 'list'),
      column('counts', 'Counts as touch', 'boolean'),
    ],
    select: () => ({
      on: 'f.on_day',
      kind: 'f.kind',
      author: person('author'),
      text: 'f.text',
      contacts: `ARRAY(SELECT coalesce(c.name, c.email, c.external_id) FROM steward.contact c
        WHERE c.account_id = f.account_id AND c.id = ANY(f.contact_ids) ORDER BY 1)`,
      counts: 'f.counts',
    }),
    from: 'steward.touchpoint f',
    known: (day) => `f.on_day <= ${day}`,
    order: 'f.on_day DESC, f.at DESC, f.id',
  },
  deals: {
    columns: [
      column('name', 'Deal'),
      column('kind', 'Kind'),
      column('stage', 'Stage'),
      column('amount', 'Amount', 'money'),
      column('probability', 'Probability %', 'number'),
      column('closeOn', 'Closes on', 'date'),
      column('state', 'State'),
      column('owner', 'Owner'),
    ],
    select: (day) => ({
      name: 'f.name',
      kind: 'f.kind',
      stage: 'f.stage',
      amount: money('f.amount_minor', 'f.currency'),
      probability: 'f.probability',
      closeOn: 'f.close_on',
      state: `CASE WHEN f.ended_on > ${day} THEN 'open' ELSE f.state END`,
      owner: person('owner'),
    }),
    from: 'steward.deal f',
    known: (day) => `f.opened_on <= ${day}`,
    order: 'f.opened_on DESC, f.id',
  },
  metrics: {
    columns: [
      column('metric', 'Metric'),
      column('day', 'Day', 'date'),
      column('value', 'Value', 'number'),
      column('unit', 'Unit'),
    ],
    select: () => ({ metric: 'd.label', day: 'f.day', value: 'f.value', unit: 'd.unit' }),
    from: 'steward.metric_point f JOIN steward.metric_definition d ON d.id = f.metric_id',
    known: (day) => `f.day <= ${day}`,
    order: 'f.day DESC, d.label, f.metric_id',
  },
  events: {
    columns: [
      column('at', 'At', 'instant'),
      column('name', 'Event'),
      column('feature', 'Feature'),
      column('contact', 'Contact'),
      column('count', 'Count', 'number'),
    ],
    select: () => ({
      at: `to_char(f.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      name: 'f.name',
      feature: '(SELECT t.label FROM steward.feature t WHERE t.id = f.feature_id)',
      contact,
      count: 'f.count',
    }),
    from: 'steward.event f',
    known: (day, timeZone) => `f.occurred_at < (${day} + 1)::timestamp AT TIME ZONE ${timeZone}`,
    order: 'f.occurred_at DESC, f.message_id',
  },
  pulses: {
    columns: [
      column('day', 'Day', 'date'),
      column('value', 'Pulse', 'number'),
      column('reasons', 'Reasons', 'list'),
      column('note', 'Note'),
      column('author', 'By'),
    ],
    select: () => ({ day: 'f.day', value: 'f.value', reasons: 'f.reasons', note: 'f.note', author: person('author') }),
    from: 'steward.pulse f',
    known: (day) => `f.day <= ${day}`,
    order: 'f.day DESC',
  },
};
