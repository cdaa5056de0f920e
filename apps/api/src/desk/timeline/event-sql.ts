import type { TimelineKind } from '@steward/shared/timeline';

/** What a statement about an account’s events is made with: placeholders of its parameters. */
export interface TimelineParameters {
  account: string;
  /** The day through which things are known. */
  day: string;
  timeZone: string;
  /** Who asks: private segments are their owner’s alone. */
  userId: string;
  /** Labels by key, as jsonb: of tiers and stages, and of stages of deals by `deal:` and their key. */
  labels: string;
}

/** One sort of event: where its rows are, and each part of the entry as SQL over them. */
export interface EventSql {
  kind: TimelineKind;
  from: string;
  where: string;
  /** Its own among the account’s entries of the kind. */
  id: string;
  what: string;
  /** When it happened; null: only the day is known. */
  at: string | null;
  day: string;
  title: string;
  text?: string;
  byId?: string;
  byName?: string;
  /** Names of contacts. */
  with?: string;
  subjectId?: string;
  links?: string;
  /** Money that the title goes on with. */
  amountMinor?: string;
  currency?: string;
}

const START = (day: string, { timeZone }: TimelineParameters) => `((${day})::timestamp AT TIME ZONE ${timeZone})`;

/**
 * The select of a sort of event. A moment of another day than the event’s own is when it was found out, not when it
 * happened: such an event has its day alone.
 */
export function eventSelect(event: EventSql, parameters: TimelineParameters): string {
  const { day, at } = event;
  const isThen =
    at === null ? 'FALSE' : `coalesce((${at} AT TIME ZONE ${parameters.timeZone})::date = (${day}), FALSE)`;
  const start = START(day, parameters);
  const of = (sql: string | undefined, type: string) => (sql === undefined ? `NULL::${type}` : `(${sql})::${type}`);
  return `SELECT '${event.kind}:' || ${event.id} AS id, '${event.kind}' AS kind, (${event.what})::text AS what,
      ${at === null ? start : `CASE WHEN ${isThen} THEN ${at} ELSE ${start} END`} AS at, (${day})::date AS day,
      NOT ${isThen} AS day_only, (${event.title})::text AS title, ${of(event.text, 'text')} AS text,
      ${of(event.byId, 'uuid')} AS by_id, ${of(event.byName, 'text')} AS by_name,
      ${event.with === undefined ? `'{}'::text[]` : event.with} AS with_names,
      ${of(event.subjectId, 'text')} AS subject_id, ${of(event.links, 'jsonb')} AS links,
      ${of(event.amountMinor, 'bigint')} AS amount_minor, ${of(event.currency, 'text')} AS currency
    FROM ${event.from} WHERE ${event.where}`;
}

export const personBy = (column: string) => `LEFT JOIN steward.app_user u ON u.id = ${column}`;
