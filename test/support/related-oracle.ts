import type { RelatedKind } from '@steward/shared/related';
import { type FactRow, GOAL_STEP_FIELDS, type OracleFacts, RATES, TIME_ZONE, type Value } from './rule-facts.js';

/** The values of an account's rows as of a day, told from the product's own words and without a look at the compiler. */

interface Reading {
  day: number;
  versions: boolean;
  inRun: boolean;
}

const WORKSPACE_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE });
export const workspaceDay = (instant: string): string => WORKSPACE_DAY.format(new Date(instant));

const dayNumber = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** In units of EUR; JPY has no decimals. */
function amount(minor: number | null, currency: string | null, day: number): number | null {
  if (minor === null) return null;
  if (currency === null || currency === 'EUR') return minor / 100;
  const rates = RATES.filter((rate) => rate.currency === currency);
  const rate = rates.filter(({ from_day }) => from_day <= day).at(-1) ?? rates[0];
  if (rate === undefined) return null;
  return Math.round(minor * rate.rate * (currency === 'JPY' ? 100 : 1)) / 100;
}

function rating(value: number | null, min: number | null, max: number | null, [low, high]: [number, number]) {
  if (value === null || min === null || max === null || max <= min) return value;
  return low + ((value - min) / (max - min)) * (high - low);
}

function contactField(facts: OracleFacts, contact: FactRow, field: string, column: string, reading: Reading): Value {
  const versions = facts.contact_field
    .filter((each) => each.contact_id === contact.id && each.field === field)
    .sort((a, b) => dayNumber(a.from_day) - dayNumber(b.from_day));
  if (!reading.versions || versions.length === 0) return contact[column];
  let { value } = versions[0]!;
  for (const version of versions) if (dayNumber(version.from_day) <= reading.day) value = version.value;
  return value;
}

const denied = (value: Value): Value => (value === null ? null : value !== true);

function lastActiveDay(facts: OracleFacts, contactId: string, day: number): Value {
  const active = facts.usage_contact_month
    .filter(({ contact_id }) => contact_id === contactId)
    .flatMap(({ month, days }) =>
      [...Array(31).keys()].filter((bit) => days & (1 << bit)).map((bit) => dayNumber(month) + bit),
    )
    .filter((each) => each <= day);
  return active.length === 0 ? null : new Date(Math.max(...active) * 86_400_000).toISOString().slice(0, 10);
}

/** The goal as it stood on an earlier day: what people did to it later is taken back, step by step. */
function goalAsKnown(facts: OracleFacts, goal: FactRow, { day, versions }: Reading): FactRow {
  if (!versions) return goal;
  const stood = { ...goal };
  const newestFirst = facts.goal_event
    .filter(({ goal_id, before, ...event }) => goal_id === goal.id && before !== null && dayNumber(event.day) > day)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  for (const { before } of newestFirst) {
    for (const [column, field] of Object.entries(GOAL_STEP_FIELDS)) {
      if (field in before) stood[column] = before[field];
    }
  }
  return stood;
}

/** Contacts that were known on the day; our own people are none. */
export function contactsKnown(facts: OracleFacts, reading: Reading): { id: string; values: Record<string, Value> }[] {
  const { day } = reading;
  const come = (iso: string | null) => iso !== null && dayNumber(iso) <= day;
  const whenCome = (iso: string | null) => (come(iso) ? iso : null);
  return facts.contact
    .filter((row) => !row.internal && (row.first_seen === null || come(row.first_seen)))
    .map((row) => ({
      id: row.id,
      values: {
        name: contactField(facts, row, 'name', 'name', reading),
        email: contactField(facts, row, 'email', 'email', reading),
        title: contactField(facts, row, 'title', 'title', reading),
        role: contactField(facts, row, 'role', 'role', reading),
        primary: contactField(facts, row, 'primary', 'is_primary', reading),
        consent: contactField(facts, row, 'consent', 'consent', reading),
        optedOut: denied(contactField(facts, row, 'consent', 'consent', reading)),
        leftOn: whenCome(row.left_on),
        firstSeen: row.first_seen,
        lastSeen: whenCome(row.last_seen),
        lastActive: whenCome(row.last_seen) ?? lastActiveDay(facts, row.id, day),
        lastTouched:
          facts.touchpoint
            .filter(({ counts, contact_ids, on_day }) => counts && contact_ids.includes(row.id) && come(on_day))
            .map(({ on_day }) => on_day)
            .sort()
            .at(-1) ?? null,
      },
    }));
}

/** The rows that the account had on the day, each with its values by field. */
export function rowsKnown(
  of: Exclude<RelatedKind, 'childAccount'>,
  facts: OracleFacts,
  reading: Reading,
): Record<string, Value>[] {
  const { day } = reading;
  const come = (iso: string | null) => iso !== null && dayNumber(iso) <= day;
  const whenCome = (iso: string | null) => (come(iso) ? iso : null);
  const isInternal = (id: string | null) => facts.contact.some((each) => each.internal && each.id === id);
  switch (of) {
    case 'invoice':
      return facts.invoice
        .filter((row) => come(row.issued_on))
        .map((row) => {
          const isPaid = row.paid_on === null ? row.status === 'paid' : come(row.paid_on);
          const hasFailed = row.failed_on === null ? row.status === 'failed' : come(row.failed_on);
          const status = row.status === 'void' ? 'void' : isPaid ? 'paid' : hasFailed ? 'failed' : 'open';
          const unpaid = status === 'failed' || status === 'open';
          const late = row.due_on === null ? 0 : day - dayNumber(row.due_on);
          return {
            issuedOn: row.issued_on,
            dueOn: row.due_on,
            paidOn: whenCome(row.paid_on),
            amount: amount(row.amount_minor, row.currency, day),
            currency: row.currency,
            status,
            unpaid,
            daysOverdue: unpaid && late > 0 ? late : null,
          };
        });
    case 'ticket':
      return facts.ticket
        .filter((row) => come(row.opened_on))
        .map((row) => ({
          openedOn: row.opened_on,
          closedOn: whenCome(row.closed_on),
          open: !come(row.closed_on),
          daysOpen: come(row.closed_on) ? null : day - dayNumber(row.opened_on),
          priority: row.priority,
          status: row.closed_on !== null && !come(row.closed_on) ? 'open' : row.status,
          subject: row.subject,
          resolutionHours: come(row.closed_on) ? row.resolution_hours : null,
          satisfaction: come(row.closed_on ?? row.opened_on)
            ? rating(row.satisfaction, row.satisfaction_min, row.satisfaction_max, [1, 5])
            : null,
        }));
    case 'subscription':
      return facts.subscription
        .filter((row) => come(row.starts_on))
        .map((row) => ({
          startsOn: row.starts_on,
          endsOn: row.ends_on,
          active: row.ends_on === null || day <= dayNumber(row.ends_on),
          plan: row.plan,
          quantity: row.quantity,
          seatBased: row.seat_based,
          mrr: amount(row.mrr_minor, row.currency, day),
          currency: row.currency,
          termMonths: row.term_months,
          autoRenew: row.auto_renew,
        }));
    case 'contact':
      return contactsKnown(facts, reading).map(({ values }) => values);
    case 'touchpoint':
      return facts.touchpoint
        .filter((row) => come(row.on_day))
        .map((row) => ({
          on: row.on_day,
          kind: row.kind,
          author: row.author_user_id,
          text: row.text,
          counts: row.counts,
        }));
    case 'surveyAnswer':
      return facts.survey_answer
        .filter((row) => come(row.answered_on) && !isInternal(row.contact_id))
        .map((row) => ({
          answeredOn: row.answered_on,
          kind: row.kind,
          score: rating(row.score, row.scale_min, row.scale_max, row.kind === 'nps' ? [0, 10] : [1, 5]),
          comment: row.comment,
        }));
    case 'deal':
      return facts.deal
        .filter((row) => come(row.opened_on))
        .map((row) => {
          const isRunning = row.ended_on !== null && !come(row.ended_on);
          return {
            openedOn: row.opened_on,
            endedOn: whenCome(row.ended_on),
            kind: row.kind,
            state: isRunning ? 'open' : row.state,
            name: row.name,
            reason: isRunning ? null : row.reason,
            stage: row.stage,
            amount: amount(row.amount_minor, row.currency, day),
            probability: row.probability,
            closeOn: row.close_on,
            owner: row.owner_user_id,
          };
        });
    case 'goal': {
      // The day after, where a run did it and the rule is asked before goals are.
      const seenOn = (iso: string, who: string | null) => dayNumber(iso) + (reading.inRun && who === null ? 1 : 0);
      return facts.goal
        .map((now) => ({ ...goalAsKnown(facts, now, reading), isAtRisk: now.status === 'atRisk' }) as FactRow)
        .filter((row) => {
          const [first] = [workspaceDay(row.created_at), row.start_day].sort();
          return seenOn(first as string, row.created_by) <= day;
        })
        .map((row) => {
          const open = row.ended_day === null || seenOn(row.ended_day, row.ended_by) > day;
          const status = dayNumber(row.start_day) > day ? 'notStarted' : 'inProgress';
          return {
            playbook: row.playbook_id,
            kind: row.kind,
            open,
            status: open ? status : row.status,
            startsOn: row.start_day,
            dueOn: row.due_day,
            endedOn: open ? null : row.ended_day,
            outcome: open ? null : row.outcome_reason,
            name: row.name,
            atRisk: row.isAtRisk,
            owner: row.owner_user_id,
          };
        });
    }
  }
}
