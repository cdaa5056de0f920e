import type { ChurnReason } from '@steward/shared/leaving';
import type { BandOrNone, ReportPart } from '@steward/shared/report-parts';
import { assertUnreachable } from '../../domain/assert-unreachable.js';
import { addDays, isoOf, toDay } from '../../domain/calendar/day.js';
import type { RenewalChances } from '../../domain/renewals/forecast.js';
import { churnsSql } from '../churn-sql.js';
import { renewalSql } from '../renewal-sql.js';
import { type StageOrder, staysInStagesSql } from '../stage-stays-sql.js';
import type { Binder } from './binder.js';
import { literal } from './binder.js';

/** What parts are read with, besides the account's row. */
export interface PartReading extends StageOrder {
  binder: Binder;
  /** The list's day; `past`: it is before today, and `s` its snapshot. */
  day: string;
  past: boolean;
  timeZone: string;
  chances: RenewalChances;
  reasons: readonly ChurnReason[];
}

/** A part as a condition on the state `s` and the account `a`. Never NULL. */
export function reportPartSql(part: ReportPart, reading: PartReading): string {
  const { bind } = reading.binder;
  const between = (column: string, { from, to }: { from: string; to: string }) =>
    `${column} BETWEEN ${bind(from)}::date AND ${bind(to)}::date`;
  switch (part.kind) {
    case 'bands':
      return `(${bandOn(part.fromDay, reading)} = ${literal(part.from)} AND ${bandOn(part.toDay, reading)} = ${literal(part.to)})`;
    case 'renewals': {
      const where = [`r.account_id = s.account_id`, between('r.due_on', part)];
      if (part.state !== undefined || part.atRisk) {
        const { day: today, chances, past } = reading;
        const { state, atRisk } = renewalSql(reading.binder, { today, chances, past });
        if (part.state !== undefined) where.push(`${state} = ${literal(part.state)}`);
        if (part.atRisk) where.push(atRisk);
      }
      return `EXISTS (SELECT 1 FROM steward.renewal r WHERE ${where.join(' AND ')})`;
    }
    case 'churned':
      return churnedSql(part, reading);
    case 'entered':
      return enteredSql(part, reading);
    case 'touched':
      return `EXISTS (SELECT 1 FROM steward.touchpoint t WHERE t.account_id = s.account_id AND t.counts AND ${between('t.on_day', part)})`;
    case 'overdueTasks':
      return `EXISTS (SELECT 1 FROM steward.task t WHERE t.account_id = s.account_id
        AND ${overdueTaskSql(reading)} ${ofPeople('t.assignee_user_id', part.of, bind)})`;
    case 'openGoals':
      return `EXISTS (SELECT 1 FROM steward.goal g WHERE g.account_id = s.account_id
        AND ${openGoalSql(reading)} ${ofPeople('g.owner_user_id', part.of, bind)})`;
    case 'alerts': {
      const { opened, answered, resolved } = alertSql(reading);
      const which = part.which === 'opened' ? '' : `AND ${part.which === 'answered' ? answered : resolved}`;
      return `EXISTS (SELECT 1 FROM steward.alert t WHERE t.account_id = s.account_id AND ${opened}
        AND ${between('t.opened_day', part)} ${which})`;
    }
    default:
      return assertUnreachable(part);
  }
}

type DayReading = Pick<PartReading, 'binder' | 'day' | 'past' | 'timeZone'>;

/** The band of the account on a day: of a snapshot `h`, or of the row `s` itself. */
export function bandSql(row: 's' | 'h'): string {
  return `(CASE WHEN ${row}.status IN ('trial', 'customer') THEN coalesce(${row}.band, 'unknown') ELSE 'none' END)`;
}

function bandOn(day: string, { binder, day: own }: DayReading): string {
  if (day === own) return bandSql('s');
  const none: BandOrNone = 'none';
  return `coalesce((SELECT ${bandSql('h')} FROM steward.account_snapshot h
    WHERE h.account_id = s.account_id AND h.day = ${binder.bind(day)}::date), '${none}')`;
}

/** An open task `t` whose day has passed, as of the day. */
export function overdueTaskSql({ binder, day, past, timeZone }: DayReading): string {
  const on = `${binder.bind(day)}::date`;
  if (!past) return `t.state = 'open' AND t.due_day < ${on}`;
  return `t.due_day < ${on} AND t.created_at < ${endOf(day, binder, timeZone)} AND (t.ended_day IS NULL OR t.ended_day > ${on})`;
}

/** A goal `g` that runs, as of the day. */
export function openGoalSql({ binder, day, past }: DayReading): string {
  if (!past) return `g.status IN ('notStarted', 'inProgress', 'atRisk')`;
  const on = `${binder.bind(day)}::date`;
  return `g.start_day <= ${on} AND (g.ended_day IS NULL OR g.ended_day > ${on})`;
}

/** An alert `t` that people were told of, and what had become of it by the end of the day. */
export function alertSql({ binder, day, past, timeZone }: DayReading): {
  opened: string;
  answered: string;
  resolved: string;
} {
  const opened = `t.started IN ('change', 'hand', 'lived') AND t.state NOT IN ('pending', 'dropped')`;
  if (!past) return { opened, answered: 't.acknowledged_at IS NOT NULL', resolved: `t.state = 'resolved'` };
  return {
    opened,
    answered: `(t.acknowledged_at IS NOT NULL AND t.acknowledged_at < ${endOf(day, binder, timeZone)})`,
    resolved: `(t.state = 'resolved' AND t.ended_day <= ${binder.bind(day)}::date)`,
  };
}

/** How a goal `g` stands as of the day. */
export function goalStatusSql({ binder, day, past }: DayReading): string {
  if (!past) return 'g.status';
  return `CASE WHEN g.ended_day > ${binder.bind(day)}::date THEN 'inProgress' ELSE g.status END`;
}

/** What was known of an alert `t` by the end of the day, and until when; of today, by `now`. */
export function alertAsOfSql(
  { binder, day, past, timeZone }: DayReading,
  now: Date,
): { state: string; outcome: string; acknowledgedAt: string; until: string } {
  if (!past) {
    const until = `${binder.bind(now)}::timestamptz`;
    return { state: 't.state', outcome: 't.outcome', acknowledgedAt: 't.acknowledged_at', until };
  }
  const isLater = `t.ended_day > ${binder.bind(day)}::date`;
  const until = endOf(day, binder, timeZone);
  return {
    state: `(CASE WHEN ${isLater} AND t.state IN ('resolved', 'cleared') THEN 'open' ELSE t.state END)`,
    outcome: `(CASE WHEN ${isLater} THEN NULL ELSE t.outcome END)`,
    acknowledgedAt: `(CASE WHEN t.acknowledged_at < ${until} THEN t.acknowledged_at END)`,
    until,
  };
}

/** The instant at which the day is over. */
function endOf(day: string, { bind }: Binder, timeZone: string): string {
  return `((${bind(isoOf(addDays(toDay(day), 1)))}::date)::timestamp AT TIME ZONE ${bind(timeZone)})`;
}

function ofPeople(column: string, ids: readonly string[] | null | undefined, bind: (value: unknown) => string): string {
  if (ids === undefined) return '';
  return ids === null ? `AND ${column} IS NULL` : `AND ${column} = ANY(${bind(ids)}::uuid[])`;
}

function churnedSql(part: Extract<ReportPart, { kind: 'churned' }>, { binder, reasons }: PartReading): string {
  const { bind } = binder;
  const where: string[] = [];
  if (part.reason !== undefined) where.push(`c.reason IS NOT DISTINCT FROM ${bind(part.reason)}::text`);
  if (part.canInfluence !== undefined) {
    where.push(`c.can_influence IS NOT DISTINCT FROM ${bind(part.canInfluence)}::boolean`);
  }
  if (part.competitor !== undefined) where.push(`c.competitor = ${bind(part.competitor)}`);
  if (part.tier !== undefined) where.push(`${tierBeforeChurn('c')} = ANY(${bind(part.tier)}::text[])`);
  // Found once for all accounts, not for each.
  return `s.account_id IN (SELECT c.account_id FROM ${churnsSql(binder, part, reasons)} c
    ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`})`;
}

/** The tier on the day before a churn; `none`: not known. */
export function tierBeforeChurn(churn: string): string {
  return `coalesce((SELECT b.tier FROM steward.account_snapshot b
    WHERE b.account_id = ${churn}.account_id AND b.day = ${churn}.churned_on - 1), 'none')`;
}

function enteredSql(part: Extract<ReportPart, { kind: 'entered' }>, reading: PartReading): string {
  const { binder, day } = reading;
  const { bind } = binder;
  const stays = staysInStagesSql(binder, `${bind(day)}::date`, reading);
  const became = part.became === undefined ? '' : `AND e.became = ${literal(part.became)}`;
  return `s.account_id IN (SELECT e.account_id FROM ${firstEntriesSql(stays, bind(part.since ?? part.from), bind(part.to))} e
      WHERE e.stage = ${bind(part.stage)} AND e.entered_on >= ${bind(part.from)}::date ${became})`;
}

/** Of each account and stage the first entry on the days. */
function firstEntriesSql(stays: string, from: string, to: string): string {
  return `(SELECT DISTINCT ON (x.account_id, x.stage) x.*
    FROM ${stays} x WHERE x.how = 'entered' AND x.entered_on BETWEEN ${from}::date AND ${to}::date
    ORDER BY x.account_id, x.stage, x.entered_on)`;
}
