import type { RELATED_FIELDS, RelatedKind } from '@steward/shared/related';
import { goalsOnDay } from '../goals-on-day-sql.js';
import { workspaceMoneySql } from '../money-sql.js';
import { scopePredicate } from '../scope-sql.js';
import type { RowBinding, RowReading } from './bindings.js';
import { accountVersionSql, contactVersionSql } from './field-sql.js';
import { RuleNotCompilable } from './leaf-sql.js';

/** How the rows of a kind are found and read: `x` is the row, `s` the account's. */
export interface RelatedRows<Key extends string = string> {
  from: (reading: RowReading) => string;
  /** True for a row that was known on the day. */
  known: (reading: RowReading) => string;
  fields: Record<Key, Pick<RowBinding, 'value' | 'valueKind' | 'plain' | 'restsOn' | 'seldomLooksUp'>>;
}

type Field = RelatedRows['fields'][string];

const table = (name: string) => () => `steward.${name}`;

const column = (name: string, valueKind: Field['valueKind'] = 'text'): Field => ({
  value: () => `x.${name}`,
  valueKind,
  plain: true,
});
/** A day that has come. */
const past = (name: string): Field => ({
  value: ({ day }) => `(CASE WHEN x.${name} <= ${day} THEN x.${name} END)`,
  valueKind: 'date',
  restsOn: `x.${name}`,
});
const asOf = (valueKind: Field['valueKind'], sql: (day: string) => string): Field => ({
  value: ({ day }) => sql(day),
  valueKind,
});
const money = (amount: string): Field => ({
  value: (reading) => amountSql(`x.${amount}`, reading),
  valueKind: 'minor',
});
const version = (field: string, name: string, valueKind: Field['valueKind'] = 'text'): Field => ({
  value: (reading) => contactVersionSql(reading, field, `x.${name}`, valueKind),
  valueKind,
});

/** In minor units of the workspace. */
function amountSql(amount: string, { catalogue, day, bind }: RowReading): string {
  const workspace = { currency: bind(catalogue.currency), minorDigits: catalogue.minorDigits };
  return workspaceMoneySql({ amount, currency: 'x.currency', day }, workspace);
}

/**
 * The last day of a contact's use up to the day: from the ledger, of 400 days, where something later is known than
 * the day. Whoever used something was seen. The day's own month and the one before are looked into first, each by its
 * name: PostgreSQL then opens that partition alone.
 */
const lastActive = (day: string) => {
  const month = `date_trunc('month', (${day})::timestamp)`;
  const active = (days: string, months: string) => `SELECT u.month + length(ltrim(${days}::bit(32)::text, '0')) - 1
    FROM steward.usage_contact_month u
    WHERE u.account_id = x.account_id AND u.contact_id = x.id AND ${months} AND ${days} <> 0`;
  return `(CASE WHEN x.last_seen IS NULL OR x.last_seen <= ${day} THEN x.last_seen ELSE COALESCE(
    (${active(`(u.days & ((1::bigint << (${day} - ${month}::date + 1)) - 1)::int)`, `u.month = ${month}::date`)}),
    (${active('u.days', `u.month = (${month} - interval '1 month')::date`)}),
    (${active('u.days', `u.month < (${month} - interval '1 month')::date AND u.month > ${day} - 400`)}
      ORDER BY u.month DESC LIMIT 1)) END)`;
};

const lastTouched = (day: string) => `(SELECT max(t.on_day) FROM steward.touchpoint t
    WHERE t.account_id = x.account_id AND t.on_day <= ${day} AND t.counts AND x.id = ANY(t.contact_ids))`;

const paid = (day: string) => `COALESCE(x.paid_on <= ${day}, x.status = 'paid')`;
const unpaid = (day: string) => `(x.status <> 'void' AND NOT ${paid(day)})`;
const open = (day: string) => `COALESCE(x.closed_on > ${day}, TRUE)`;

/** Our own people are no contacts. */
export const isKnownContact = (day: string) => `NOT x.internal AND COALESCE(x.first_seen <= ${day}, TRUE)`;

const goals = ({ day, versions }: RowReading) => (versions ? goalsOnDay(day) : 'steward.goal');
/** What a run starts or ends on the day comes after the rules of earlier stages; what people do counts at once. */
const goalBy = (who: string, { day, closed }: RowReading) => (closed ? `${day} - (x.${who} IS NULL)::int` : day);
/** From the day on which it was planned, or from its start where that lies before. */
const goalKnown = (reading: RowReading) =>
  `LEAST(x.start_day, (x.created_at AT TIME ZONE ${reading.bind(reading.catalogue.timeZone)})::date)
    <= ${goalBy('created_by', reading)}`;
const goalEnded = (reading: RowReading) => `COALESCE(x.ended_day <= ${goalBy('ended_by', reading)}, FALSE)`;
const ofGoal = (valueKind: Field['valueKind'], value: Field['value']): Field => ({ value, valueKind });

/**
 * A child `k` is an account whose parent is the account: the family of now, whatever the day. What was computed of it, `n`,
 * is its state of now or its snapshot of the day; for a run its snapshot of the day before, which stands, while that of the
 * day itself is written before or after in another batch. A child without such a row is not known.
 */
function children(reading: RowReading): string {
  const { closed, versions, reader, bind } = reading;
  if (reader === undefined) throw new RuleNotCompilable('nobody is said to ask about child accounts');
  const computed = closed || versions ? 'account_snapshot' : 'account_state';
  const day = closed ? `${reading.day} - 1` : versions ? reading.day : null;
  const where = [
    ...(day === null ? [] : [`n.day = ${day}`]),
    ...(reader === null || reader.kind === 'all' ? [] : [scopePredicate(reader, bind, 'k')]),
    // Accounts without a parent are nobody's children.
    'k.parent_id IS NOT NULL',
  ];
  return `(SELECT k.parent_id AS account_id, k.id, k.name, n.status, n.arr_minor, n.renewal_date, n.tier, n.score, n.band,
      n.stage, n.csm_user_id, n.am_user_id
    FROM steward.account k JOIN steward.${computed} n ON n.account_id = k.id WHERE ${where.join(' AND ')})`;
}

const RATING = (value: string, min: string, max: string, low: string, high: string) =>
  `(CASE WHEN ${max} > ${min} THEN ${low} + (${value} - ${min}) / (${max} - ${min}) * (${high} - ${low}) ELSE ${value} END)`;

export const RELATED_ROWS: { [Kind in RelatedKind]: RelatedRows<keyof (typeof RELATED_FIELDS)[Kind] & string> } = {
  invoice: {
    from: table('invoice'),
    known: ({ day }) => `x.issued_on <= ${day}`,
    fields: {
      issuedOn: column('issued_on', 'date'),
      dueOn: column('due_on', 'date'),
      paidOn: past('paid_on'),
      amount: money('amount_minor'),
      currency: column('currency'),
      status: asOf(
        'text',
        (day) => `(CASE WHEN x.status = 'void' THEN 'void' WHEN ${paid(day)} THEN 'paid'
          WHEN COALESCE(x.failed_on <= ${day}, x.status = 'failed') THEN 'failed' ELSE 'open' END)`,
      ),
      unpaid: asOf('boolean', unpaid),
      daysOverdue: asOf(
        'exact',
        (day) => `(CASE WHEN ${unpaid(day)} AND x.due_on < ${day} THEN ${day} - x.due_on END)`,
      ),
    },
  },
  ticket: {
    from: table('ticket'),
    known: ({ day }) => `x.opened_on <= ${day}`,
    fields: {
      openedOn: column('opened_on', 'date'),
      closedOn: past('closed_on'),
      open: asOf('boolean', open),
      daysOpen: asOf('exact', (day) => `(CASE WHEN ${open(day)} THEN ${day} - x.opened_on END)`),
      priority: column('priority'),
      status: asOf('text', (day) => `(CASE WHEN x.closed_on > ${day} THEN 'open' ELSE x.status END)`),
      subject: column('subject'),
      resolutionHours: asOf('exact', (day) => `(CASE WHEN x.closed_on <= ${day} THEN x.resolution_hours END)`),
      satisfaction: asOf(
        'exact',
        (day) => `(CASE WHEN COALESCE(x.closed_on, x.opened_on) <= ${day}
          THEN ${RATING('x.satisfaction', 'x.satisfaction_min', 'x.satisfaction_max', '1', '5')} END)`,
      ),
    },
  },
  subscription: {
    from: table('subscription'),
    known: ({ day }) => `x.starts_on <= ${day}`,
    fields: {
      startsOn: column('starts_on', 'date'),
      endsOn: column('ends_on', 'date'),
      active: asOf('boolean', (day) => `COALESCE(x.ends_on >= ${day}, TRUE)`),
      plan: column('plan'),
      quantity: column('quantity', 'exact'),
      seatBased: column('seat_based', 'boolean'),
      mrr: money('mrr_minor'),
      currency: column('currency'),
      termMonths: column('term_months', 'exact'),
      autoRenew: column('auto_renew', 'boolean'),
    },
  },
  contact: {
    from: table('contact'),
    known: ({ day }) => isKnownContact(day),
    fields: {
      name: version('name', 'name'),
      email: version('email', 'email'),
      title: version('title', 'title'),
      role: version('role', 'role'),
      primary: version('primary', 'is_primary', 'boolean'),
      consent: version('consent', 'consent', 'boolean'),
      optedOut: {
        value: (reading) => `(NOT ${contactVersionSql(reading, 'consent', 'x.consent', 'boolean')})`,
        valueKind: 'boolean',
      },
      leftOn: past('left_on'),
      firstSeen: column('first_seen', 'date'),
      lastSeen: past('last_seen'),
      lastActive: { ...asOf('date', lastActive), restsOn: 'x.last_seen', seldomLooksUp: true },
      lastTouched: asOf('date', lastTouched),
    },
  },
  touchpoint: {
    from: table('touchpoint'),
    known: ({ day }) => `x.on_day <= ${day}`,
    fields: {
      on: column('on_day', 'date'),
      kind: column('kind'),
      author: column('author_user_id', 'uuid'),
      text: column('text'),
      counts: column('counts', 'boolean'),
    },
  },
  surveyAnswer: {
    from: table('survey_answer'),
    known: ({ day }) => `x.answered_on <= ${day} AND NOT EXISTS (SELECT 1 FROM steward.contact c
      WHERE c.account_id = s.account_id AND c.id = x.contact_id AND c.internal)`,
    fields: {
      answeredOn: column('answered_on', 'date'),
      kind: column('kind'),
      score: asOf(
        'exact',
        () => `(CASE x.kind WHEN 'nps' THEN ${RATING('x.score', 'x.scale_min', 'x.scale_max', '0', '10')}
          ELSE ${RATING('x.score', 'x.scale_min', 'x.scale_max', '1', '5')} END)`,
      ),
      comment: column('comment'),
    },
  },
  deal: {
    from: table('deal'),
    known: ({ day }) => `x.opened_on <= ${day}`,
    fields: {
      openedOn: column('opened_on', 'date'),
      endedOn: past('ended_on'),
      kind: column('kind'),
      state: asOf('text', (day) => `(CASE WHEN x.ended_on > ${day} THEN 'open' ELSE x.state END)`),
      name: column('name'),
      reason: asOf('text', (day) => `(CASE WHEN COALESCE(x.ended_on > ${day}, FALSE) THEN NULL ELSE x.reason END)`),
      stage: column('stage'),
      amount: money('amount_minor'),
      probability: column('probability', 'exact'),
      closeOn: column('close_on', 'date'),
      owner: column('owner_user_id', 'uuid'),
    },
  },
  goal: {
    from: goals,
    known: goalKnown,
    fields: {
      playbook: column('playbook_id', 'uuid'),
      kind: column('kind'),
      open: ofGoal('boolean', (reading) => `(NOT ${goalEnded(reading)})`),
      status: ofGoal(
        'text',
        (reading) => `(CASE WHEN ${goalEnded(reading)} THEN x.status
          WHEN x.start_day > ${reading.day} THEN 'notStarted' ELSE 'inProgress' END)`,
      ),
      startsOn: column('start_day', 'date'),
      dueOn: column('due_day', 'date'),
      endedOn: ofGoal('date', (reading) => `(CASE WHEN ${goalEnded(reading)} THEN x.ended_day END)`),
      outcome: ofGoal('text', (reading) => `(CASE WHEN ${goalEnded(reading)} THEN x.outcome_reason END)`),
      name: column('name'),
      atRisk: ofGoal('boolean', ({ versions }) => (versions ? 'x.is_at_risk' : `(x.status = 'atRisk')`)),
      owner: column('owner_user_id', 'uuid'),
    },
  },
  childAccount: {
    from: children,
    known: () => 'TRUE',
    fields: {
      name: {
        value: (reading) => accountVersionSql(reading, { account: 'x.id', field: 'name', now: 'x.name' }, 'text'),
        valueKind: 'text',
      },
      status: column('status'),
      arr: column('arr_minor', 'minor'),
      renewalDate: column('renewal_date', 'date'),
      tier: column('tier'),
      score: column('score', 'exact'),
      band: column('band'),
      stage: column('stage'),
      csm: column('csm_user_id', 'uuid'),
      am: column('am_user_id', 'uuid'),
    },
  },
};
