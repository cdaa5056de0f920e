import type { EventSql, TimelineParameters } from './event-sql.js';
import { personBy } from './event-sql.js';

const contactName = (alias: string) => `ARRAY(SELECT coalesce(c.name, c.email, c.external_id) FROM steward.contact c
  WHERE c.account_id = ${alias}.account_id AND c.id = ${alias}.contact_id)`;

const contactNames = `ARRAY(SELECT coalesce(c.name, c.email, c.external_id) FROM steward.contact c
  WHERE c.account_id = f.account_id AND c.id = ANY(f.contact_ids) ORDER BY 1)`;

const byAuthor = { byId: 'f.author_user_id', byName: 'coalesce(u.full_name, f.author_text)' };

/** What came in as facts: touches, tickets, invoices, answers, deals, subscriptions and pulses. */
export function eventsOfFacts({ account, day }: TimelineParameters): EventSql[] {
  const mine = `f.account_id = ${account}`;
  const invoice = { kind: 'invoice', from: 'steward.invoice f', subjectId: 'f.id', at: null } as const;
  const amount = { amountMinor: 'f.amount_minor', currency: 'f.currency' };
  const deal = {
    kind: 'deal',
    from: `steward.deal f ${personBy('f.owner_user_id')}`,
    subjectId: 'f.id',
    at: null,
  } as const;
  const dealOwner = { byId: 'f.owner_user_id', byName: 'coalesce(u.full_name, f.owner_text)' };
  return [
    {
      kind: 'touchpoint',
      from: `steward.touchpoint f ${personBy('f.author_user_id')}`,
      where: mine,
      id: 'f.id',
      what: 'f.kind',
      at: 'f.at',
      day: 'f.on_day',
      title: `CASE f.kind WHEN 'call' THEN 'Call' WHEN 'meeting' THEN 'Meeting' WHEN 'email' THEN 'E-mail'
        WHEN 'note' THEN 'Note' ELSE 'Touch' END || CASE WHEN f.counts OR f.kind = 'note' THEN '' ELSE ' (does not count)' END`,
      text: 'f.text',
      ...byAuthor,
      with: contactNames,
      subjectId: 'f.id',
      links: 'f.links',
    },
    {
      kind: 'ticket',
      from: 'steward.ticket f',
      where: mine,
      id: `f.id || ':opened'`,
      what: `'opened'`,
      at: 'f.opened_at',
      day: 'f.opened_on',
      title: `'Ticket opened' || coalesce(' (' || f.priority || ')', '') || ': ' || coalesce(f.subject, f.id)`,
      with: contactName('f'),
      subjectId: 'f.id',
    },
    {
      kind: 'ticket',
      from: 'steward.ticket f',
      where: `${mine} AND f.closed_on IS NOT NULL`,
      id: `f.id || ':closed'`,
      what: `'closed'`,
      at: 'f.closed_at',
      day: 'f.closed_on',
      title: `'Ticket closed: ' || coalesce(f.subject, f.id)`,
      with: contactName('f'),
      subjectId: 'f.id',
    },
    {
      ...invoice,
      ...amount,
      where: mine,
      id: `f.id || ':issued'`,
      what: `'issued'`,
      day: 'f.issued_on',
      title: `'Invoice ' || f.id || ' issued'`,
    },
    {
      ...invoice,
      ...amount,
      // The day after it was due, unless it was paid by then.
      where: `${mine} AND f.due_on IS NOT NULL AND f.status <> 'void' AND (f.paid_on IS NULL OR f.paid_on > f.due_on)`,
      id: `f.id || ':overdue'`,
      what: `'overdue'`,
      day: 'f.due_on + 1',
      title: `'Invoice ' || f.id || ' overdue'`,
    },
    {
      ...invoice,
      ...amount,
      where: `${mine} AND f.paid_on IS NOT NULL`,
      id: `f.id || ':paid'`,
      what: `'paid'`,
      day: 'f.paid_on',
      title: `'Invoice ' || f.id || ' paid'`,
    },
    {
      ...invoice,
      ...amount,
      where: `${mine} AND f.failed_on IS NOT NULL`,
      id: `f.id || ':failed'`,
      what: `'failed'`,
      day: 'f.failed_on',
      title: `'Payment of invoice ' || f.id || ' failed'`,
    },
    {
      kind: 'survey',
      from: 'steward.survey_answer f',
      where: mine,
      id: `f.kind || ':' || f.id`,
      what: 'f.kind',
      at: null,
      day: 'f.answered_on',
      title: `upper(f.kind) || ' ' || f.score || ' of ' || f.scale_max`,
      text: 'f.comment',
      with: contactName('f'),
      subjectId: 'f.id',
    },
    {
      ...deal,
      ...dealOwner,
      ...amount,
      where: mine,
      id: `f.id || ':opened'`,
      what: `'opened'`,
      day: 'f.opened_on',
      title: `initcap(f.kind) || ' deal opened: ' || f.name`,
    },
    {
      ...deal,
      ...dealOwner,
      ...amount,
      where: `${mine} AND f.state <> 'open' AND f.ended_on IS NOT NULL`,
      id: `f.id || ':ended'`,
      what: 'f.state',
      day: 'f.ended_on',
      title: `initcap(f.kind) || ' deal ' || f.state || ': ' || f.name`,
      text: 'f.reason',
    },
    {
      kind: 'subscription',
      from: 'steward.subscription f',
      where: mine,
      id: `f.id || ':begun'`,
      what: `'begun'`,
      at: null,
      day: 'f.starts_on',
      title: `'Subscription begun: ' || coalesce(f.plan, f.id) || coalesce(' × ' || f.quantity, '')`,
      subjectId: 'f.id',
      amountMinor: 'f.mrr_minor',
      currency: 'f.currency',
    },
    {
      kind: 'subscription',
      from: 'steward.subscription f',
      // The end is the last day; one that renews itself goes on.
      where: `${mine} AND f.ends_on IS NOT NULL AND NOT coalesce(f.auto_renew AND f.term_months > 0, FALSE)`,
      id: `f.id || ':ended'`,
      what: `'ended'`,
      at: null,
      day: 'f.ends_on + 1',
      title: `'Subscription ended: ' || coalesce(f.plan, f.id)`,
      subjectId: 'f.id',
      amountMinor: 'f.mrr_minor',
      currency: 'f.currency',
    },
    {
      kind: 'pulse',
      from: `steward.pulse f ${personBy('f.author_user_id')}`,
      where: `${mine} AND f.day <= ${day}`,
      id: 'f.day::text',
      what: `'set'`,
      at: 'f.observed_at',
      day: 'f.day',
      title: `'Pulse ' || f.value || ' of 6'`,
      text: 'f.note',
      ...byAuthor,
      subjectId: 'f.day::text',
    },
  ];
}
