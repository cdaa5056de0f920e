import { isoOf, toDay } from '../../domain/calendar/day.js';
import { periodEnd } from '../../domain/calendar/period.js';
import type { ContactRef, FactRow, IsoDay, SurveyRow } from '../../domain/values/fact-rows.js';
import type { Arrival } from './arrival.js';
import type { Contacts } from './contacts.js';
import type { Names } from './names.repository.js';
import type { WholeTable } from './whole-facts.repository.js';

/** How each kind of whole fact stands in its table. Events, accounts and contacts have ways of their own. */

export type WholeRow = Exclude<FactRow, { kind: 'account' | 'contact' | 'event' }>;
export type WholeKind = WholeRow['kind'];

const earlier = (column: string) => (was: string, now: string) => `LEAST(${was}.${column}, ${now}.${column})`;

/** Where what a fact began with is the same, nothing before `end` is different; else all is from its `beginning`. */
const changedSince =
  (same: readonly string[], end: (was: string, now: string) => string, beginning: string) =>
  (was: string, now: string) => {
    const row = (alias: string) => `ROW(${same.map((column) => `${alias}.${column}`).join(', ')})`;
    return `CASE WHEN ${row(was)} IS NOT DISTINCT FROM ${row(now)}
      THEN COALESCE(${end(was, now)}, ${now}.${beginning}) ELSE ${earlier(beginning)(was, now)} END`;
  };

export const WHOLE_TABLES: Record<WholeKind, WholeTable> = {
  subscription: {
    table: 'subscription',
    key: { id: 'text' },
    alsoByHand: true,
    columns: {
      plan: 'text',
      quantity: 'integer',
      seat_based: 'boolean',
      mrr_minor: 'bigint',
      currency: 'text',
      starts_on: 'date',
      ends_on: 'date',
      term_months: 'integer',
      auto_renew: 'boolean',
    },
    day: (fact) => `${fact}.starts_on`,
    changedFrom: changedSince(
      ['plan', 'quantity', 'seat_based', 'mrr_minor', 'currency', 'starts_on'],
      (was, now) => `LEAST(${was}.ends_on, ${now}.ends_on)`,
      'starts_on',
    ),
  },
  metric: {
    table: 'metric_point',
    key: { metric_id: 'smallint', day: 'date' },
    columns: { value: 'double precision' },
    day: (fact) => `${fact}.day`,
    changedFrom: (_, now) => `${now}.day`,
  },
  invoice: {
    table: 'invoice',
    key: { id: 'text' },
    columns: {
      issued_on: 'date',
      due_on: 'date',
      amount_minor: 'bigint',
      currency: 'text',
      status: 'text',
      paid_on: 'date',
      failed_on: 'date',
    },
    day: (fact) => `${fact}.issued_on`,
    changedFrom: changedSince(
      ['issued_on', 'due_on', 'amount_minor', 'currency'],
      (was, now) => `LEAST(${was}.paid_on, ${now}.paid_on, ${was}.failed_on, ${now}.failed_on)`,
      'issued_on',
    ),
  },
  ticket: {
    table: 'ticket',
    key: { id: 'text' },
    columns: {
      opened_at: 'timestamptz',
      opened_on: 'date',
      closed_at: 'timestamptz',
      closed_on: 'date',
      priority: 'text',
      status: 'text',
      subject: 'text',
      resolution_hours: 'double precision',
      satisfaction: 'double precision',
      satisfaction_min: 'double precision',
      satisfaction_max: 'double precision',
      contact_id: 'uuid',
      disagrees: 'boolean',
      closed_assumed: 'boolean',
    },
    day: (fact) => `${fact}.opened_on`,
    changedFrom: changedSince(
      ['opened_on', 'priority'],
      (was, now) => `LEAST(${was}.closed_on, ${now}.closed_on)`,
      'opened_on',
    ),
  },
  survey: {
    table: 'survey_answer',
    key: { kind: 'text', id: 'text' },
    columns: {
      answered_on: 'date',
      score: 'double precision',
      scale_min: 'double precision',
      scale_max: 'double precision',
      comment: 'text',
      contact_id: 'uuid',
    },
    day: (fact) => `${fact}.answered_on`,
    changedFrom: earlier('answered_on'),
  },
  touchpoint: {
    table: 'touchpoint',
    key: { id: 'text' },
    columns: {
      kind: 'text',
      at: 'timestamptz',
      on_day: 'date',
      author_user_id: 'uuid',
      author_text: 'text',
      text: 'text',
      links: 'jsonb',
      counts: 'boolean',
      contact_ids: 'uuid[]',
    },
    day: (fact) => `${fact}.on_day`,
    changedFrom: earlier('on_day'),
  },
  deal: {
    table: 'deal',
    key: { id: 'text' },
    alsoByHand: true,
    columns: {
      kind: 'text',
      name: 'text',
      stage: 'text',
      amount_minor: 'bigint',
      currency: 'text',
      probability: 'double precision',
      close_on: 'date',
      owner_user_id: 'uuid',
      owner_text: 'text',
      state: 'text',
      ended_on: 'date',
      reason: 'text',
      opened_on: 'date',
    },
    day: (fact) => `${fact}.opened_on`,
    changedFrom: (_, now) => `${now}.opened_on`,
  },
  pulse: {
    table: 'pulse',
    key: { day: 'date' },
    columns: { value: 'smallint', reasons: 'text[]', note: 'text', author_user_id: 'uuid', author_text: 'text' },
    day: (fact) => `${fact}.day`,
    changedFrom: (_, now) => `${now}.day`,
  },
};

export interface WholeContext {
  accountId: string;
  arrival: Arrival;
  names: Names;
  contacts: Contacts;
  /** Workspace day on which the fact is known. */
  knownOn: IsoDay;
}

/** The row's values by column. */
export function wholeValues(row: WholeRow, context: WholeContext): Record<string, unknown> {
  const { accountId, names, contacts, knownOn } = context;
  const person = (text: string | null) => ({
    userId: text === null ? null : (names.users.get(text.toLowerCase()) ?? null),
    text,
  });
  switch (row.kind) {
    case 'subscription':
      return {
        id: row.id,
        plan: row.plan,
        quantity: row.quantity,
        seat_based: row.seatBased,
        mrr_minor: row.mrr?.amountMinor ?? null,
        currency: row.mrr?.currency ?? null,
        starts_on: row.start,
        ends_on: row.end,
        term_months: row.termMonths,
        auto_renew: row.autoRenew,
      };
    case 'metric': {
      const metric = names.metrics.get(row.metric)!;
      const period = row.period ?? metric.period;
      return { metric_id: metric.id, day: isoOf(periodEnd(period, toDay(row.day))), value: row.value };
    }
    case 'invoice':
      return {
        id: row.id,
        issued_on: row.issued,
        due_on: row.due,
        amount_minor: row.amount.amountMinor,
        currency: row.amount.currency,
        status: row.status,
        paid_on: row.paidOn ?? (row.status === 'paid' ? (row.due ?? row.issued) : null),
        // A charge is tried when it is due.
        failed_on: row.failedOn ?? (row.status === 'failed' ? (row.due ?? row.issued) : null),
      };
    case 'ticket':
      return {
        id: row.id,
        opened_at: row.openedAt ?? names.days.startOf(row.opened).toISOString(),
        opened_on: row.opened,
        closed_at: row.closedAt,
        closed_on: row.closed,
        priority: row.priority,
        status: row.status,
        subject: row.subject,
        resolution_hours: row.resolutionHours,
        satisfaction: row.satisfaction?.score ?? null,
        satisfaction_min: row.satisfaction?.scaleMin ?? null,
        satisfaction_max: row.satisfaction?.scaleMax ?? null,
        contact_id: contacts.idOf(accountId, row.contact),
        disagrees: row.disagrees,
        closed_assumed: row.closedAssumed,
      };
    case 'survey':
      return {
        kind: row.survey,
        id: surveyId(row)!,
        answered_on: row.day,
        score: row.rating.score,
        scale_min: row.rating.scaleMin,
        scale_max: row.rating.scaleMax,
        comment: row.comment,
        contact_id: contacts.idOf(accountId, row.contact),
      };
    case 'touchpoint': {
      const author = person(row.author);
      const ids = row.contacts.map((ref) => contacts.idOf(accountId, ref)).filter((id) => id !== null);
      return {
        id: row.id,
        kind: row.touchpoint,
        at: row.at ?? names.days.startOf(row.day).toISOString(),
        on_day: row.day,
        author_user_id: author.userId,
        author_text: author.text,
        text: row.text,
        links: row.links,
        counts: row.counts,
        contact_ids: [...new Set(ids)].sort(),
      };
    }
    case 'deal': {
      const owner = person(row.owner);
      return {
        id: row.id,
        kind: row.deal,
        name: row.name ?? row.id,
        stage: row.stage,
        amount_minor: row.amount?.amountMinor ?? null,
        currency: row.amount?.currency ?? null,
        probability: row.probability,
        close_on: row.closeDate,
        owner_user_id: owner.userId,
        owner_text: owner.text,
        state: row.outcome,
        ended_on: row.wonOn ?? row.lostOn ?? (row.outcome === 'open' ? null : (row.closeDate ?? knownOn)),
        reason: row.reason,
        opened_on: row.openedOn ?? knownOn,
      };
    }
    case 'pulse': {
      const author = person(row.author);
      return {
        day: row.day,
        value: row.value,
        reasons: row.reasons,
        note: row.note,
        author_user_id: author.userId,
        author_text: author.text,
      };
    }
  }
}

/** An answer's identity: its own id, else who answered and when; null where neither is known. */
export function surveyId(row: SurveyRow): string | null {
  if (row.id !== null) return row.id;
  const who = row.contact?.externalId ?? row.contact?.email ?? row.contact?.name ?? null;
  return who === null ? null : `${who}@${row.day}`;
}

/** The contacts that a fact names, with the day on which it saw them where it did. */
export function contactsNamed(row: FactRow): { ref: ContactRef; seenOn: IsoDay | null }[] {
  switch (row.kind) {
    case 'ticket':
      return row.contact ? [{ ref: row.contact, seenOn: row.opened }] : [];
    case 'survey':
      return row.contact ? [{ ref: row.contact, seenOn: row.day }] : [];
    case 'touchpoint':
      return row.contacts.map((ref) => ({ ref, seenOn: row.counts ? row.day : null }));
    default:
      return [];
  }
}
