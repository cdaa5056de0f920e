import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Rule, RuleLeaf } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';
import { NIL, v5 as uuid } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { compileRules } from '../../db/rules/compile-rule.js';
import { CONTACTS_OF_ANY_DAY, contactCatalogue, contactsKnown } from '../../db/rules/contact-fields.js';
import type { RuleContext } from '../../db/rules/rule-scope.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Day } from '../../domain/calendar/day.js';
import type { MemberHow, Membership } from '../../domain/segments/membership.js';
import { alsoInBatch, type Batch, inBatch } from '../batch.js';
import type { DayOfSegments } from './day-of-segments.js';

/** Ids of events are made of account, segment, kind and day, so that a run repeated makes none twice. */
const EVENTS = '6f3c1f7a-2b0e-5d3c-9f41-7a1f0c5e8b62';

/** Who is or may be in a segment: the account itself, whose contact is the nil id, or one of its contacts. */
export interface Place {
  accountId: string;
  segmentId: string;
  contactId: string;
}

export interface StoredMember extends Membership {
  enteredAt: Date;
}

/** Where what the rules say and what is stored are not the same, or something has happened on the day. */
export interface Difference extends Place {
  /** The rule holds, and nobody keeps the account out. */
  holds: boolean;
  member: StoredMember | null;
  /** The membership that ended on the day, as an earlier run of it saw it. */
  left: StoredMember | null;
  /** An earlier run of the day saw it enter. */
  entered: boolean;
}

export interface NewMember extends Place {
  since: IsoDay;
  enteredAt: Date;
  how: MemberHow;
}

export interface NewEvent extends NewMember {
  kind: 'entered' | 'left';
  /** Place among the rule's conditions, and the condition itself. */
  leaf: number | null;
  condition: RuleLeaf | null;
}

export type GoneEvent = Place & { kind: 'entered' | 'left' };

export interface LevelSegment {
  id: string;
  rule: Rule;
}

const keyOf = ({ accountId, segmentId, contactId }: Place) => `${accountId} ${segmentId} ${contactId}`;

function eventId({ accountId, segmentId, contactId, kind }: GoneEvent, day: IsoDay): string {
  const who = contactId === NIL ? '' : ` ${contactId}`;
  return uuid(`${accountId} ${segmentId} ${kind} ${day}${who}`, EVENTS);
}

function inKeyOrder<Each extends Place>(rows: readonly Each[]): Each[] {
  return [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export interface Differences {
  differences: Difference[];
  /** By account, the last day through which its members stay while nothing arrives; missing: it is not known. */
  steadyThrough: ReadonlyMap<string, Day>;
}

interface DifferenceRow {
  account_id: string;
  segment_id: string;
  contact_id: string;
  holds: boolean;
  since: Day | null;
  at: Date;
  how: MemberHow;
  left_since: Day | null;
  left_at: Date;
  left_how: MemberHow;
  entered: boolean;
}

interface SteadyRow {
  account_id: string;
  segment_id: null;
  steady_through: Day;
}

@Injectable()
export class SegmentsRepository {
  /** The workspace's first day: all that is found on it was there before. Null: no day was ever closed. */
  async firstDay(tx: Tx): Promise<Day | null> {
    const [row] = await open(tx).prepared<{ day: Day | null }>(
      `SELECT ${dayNumber('min(day)')} + 1 AS day FROM steward.day_close`,
    );
    return row?.day ?? null;
  }

  /**
   * Rules and memberships are compared where both are, so that only what differs is passed on. `others`: segments that
   * are left alone. Members of what is neither of the part nor one of those are of no segment any more. Of a steady part
   * it is told as well through which day an account's members stay.
   */
  async differences(
    tx: Tx,
    batch: Batch,
    day: DayOfSegments,
    level: { of: SegmentOf; segments: readonly LevelSegment[]; others: readonly string[]; tellsSteady: boolean },
  ): Promise<Differences> {
    const binder = new Binder();
    const { bind } = binder;
    const rules = level.segments.map(({ rule }) => rule);
    const now =
      rules.length === 0
        ? NOBODY
        : holdingSql(rules, day.model.catalogue, level.of, day.context, binder, batch, level.tellsSteady);
    const asOf = `${bind(day.iso)}::date`;
    const others = `segment_id <> ALL(${bind([...level.others])}::uuid[])`;
    // Of days past only: who is kept out since today was not kept out then.
    const setBy =
      day.context.kind === 'past' ? `AND (x.created_at AT TIME ZONE ${bind(day.timeZone)})::date <= ${asOf}` : '';
    const who = level.of === 'contact' ? `contact_id <> '${NIL}'` : `contact_id = '${NIL}'`;
    const found = await open(tx).prepared<DifferenceRow | SteadyRow>(
      `WITH now AS MATERIALIZED (${now}),
       held AS (
         SELECT account_id, (${bind(level.segments.map(({ id }) => id))}::uuid[])[place + 1] AS segment_id, contact_id, TRUE AS holds
         FROM (SELECT account_id, contact_id, unnest(holding) AS place FROM now WHERE holding <> '{}') AS each),
       allowed AS (
         SELECT * FROM held WHERE (account_id, segment_id) NOT IN (
           SELECT x.account_id, x.segment_id FROM steward.segment_exclusion x
           WHERE (x.until_day IS NULL OR x.until_day >= ${asOf}) ${setBy} AND ${inBatch(batch, 'x.account_id', bind)})),
       member AS (
         SELECT account_id, segment_id, contact_id, since_day, entered_at, how FROM steward.segment_member
         WHERE ${inBatch(batch, 'account_id', bind)} AND ${who} AND ${others}),
       event AS (
         SELECT account_id, segment_id, contact_id, bool_or(kind = 'entered') AS entered,
           max(since_day) FILTER (WHERE kind = 'left') AS left_since, max(since_at) FILTER (WHERE kind = 'left') AS left_at,
           max(how) FILTER (WHERE kind = 'left') AS left_how
         FROM steward.segment_event
         WHERE ${inBatch(batch, 'account_id', bind)} AND day = ${asOf} AND ${who} AND ${others} GROUP BY 1, 2, 3)
       SELECT account_id, segment_id, contact_id, coalesce(holds, FALSE) AS holds, ${dayNumber('since_day')} AS since,
         entered_at AS at, how, coalesce(entered, FALSE) AS entered, ${dayNumber('left_since')} AS left_since, left_at,
         left_how, NULL::int AS steady_through
       FROM allowed FULL JOIN member USING (account_id, segment_id, contact_id)
         FULL JOIN event USING (account_id, segment_id, contact_id)
       WHERE holds IS NULL OR since_day IS NULL OR entered IS NOT NULL OR (since_day = ${asOf} AND how = 'rule')
       ${level.tellsSteady ? `UNION ALL ${steadySql(batch, asOf, binder)}` : ''}`,
      binder.values,
    );
    const rows = found.filter((row): row is DifferenceRow => row.segment_id !== null);
    const steady = found.filter((row): row is SteadyRow => row.segment_id === null);
    const differences = rows.map((row) => ({
      accountId: row.account_id,
      segmentId: row.segment_id,
      contactId: row.contact_id,
      holds: row.holds,
      member: row.since === null ? null : { since: row.since, enteredAt: row.at, how: row.how },
      left: row.left_since === null ? null : { since: row.left_since, enteredAt: row.left_at, how: row.left_how },
      entered: row.entered,
    }));
    return { differences, steadyThrough: new Map(steady.map((row) => [row.account_id, row.steady_through])) };
  }

  async removeMembers(tx: Tx, gone: readonly Place[]): Promise<void> {
    if (gone.length === 0) return;
    const rows = inKeyOrder(gone);
    await open(tx).prepared(
      `DELETE FROM steward.segment_member m
       USING unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS u (account_id, segment_id, contact_id)
       WHERE m.account_id = u.account_id AND m.segment_id = u.segment_id AND m.contact_id = u.contact_id
         AND m.account_id = ANY($1::uuid[])`,
      [rows.map((row) => row.accountId), rows.map((row) => row.segmentId), rows.map((row) => row.contactId)],
    );
  }

  async addMembers(tx: Tx, added: readonly NewMember[]): Promise<void> {
    if (added.length === 0) return;
    const rows = inKeyOrder(added);
    await open(tx).prepared(
      `INSERT INTO steward.segment_member (account_id, segment_id, contact_id, since_day, entered_at, how)
       SELECT u.account_id, u.segment_id, u.contact_id, u.since_day, u.entered_at, u.how
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::timestamptz[], $6::text[])
         AS u (account_id, segment_id, contact_id, since_day, entered_at, how)
       ORDER BY u.account_id, u.segment_id, u.contact_id
       ON CONFLICT (account_id, segment_id, contact_id) DO UPDATE
       SET since_day = EXCLUDED.since_day, entered_at = EXCLUDED.entered_at, how = EXCLUDED.how`,
      [
        rows.map((row) => row.accountId),
        rows.map((row) => row.segmentId),
        rows.map((row) => row.contactId),
        rows.map((row) => row.since),
        rows.map((row) => row.enteredAt),
        rows.map((row) => row.how),
      ],
    );
  }

  async removeEvents(tx: Tx, gone: readonly GoneEvent[], day: IsoDay): Promise<void> {
    if (gone.length === 0) return;
    await open(tx).prepared(
      `DELETE FROM steward.segment_event WHERE account_id = ANY($1::uuid[]) AND id = ANY($2::uuid[])`,
      [gone.map((event) => event.accountId), gone.map((event) => eventId(event, day))],
    );
  }

  async addEvents(tx: Tx, added: readonly NewEvent[], day: { iso: IsoDay; at: Date }): Promise<void> {
    if (added.length === 0) return;
    const rows = inKeyOrder(added);
    await open(tx).prepared(
      `INSERT INTO steward.segment_event
         (account_id, id, segment_id, contact_id, kind, day, at, leaf, condition, since_day, since_at, how)
       SELECT u.account_id, u.id, u.segment_id, u.contact_id, u.kind, $1::date, $2, u.leaf, u.condition, u.since_day,
         u.since_at, u.how
       FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::int[], $9::jsonb[], $10::date[],
           $11::timestamptz[], $12::text[])
         AS u (account_id, id, segment_id, contact_id, kind, leaf, condition, since_day, since_at, how)
       ORDER BY u.account_id, u.id
       ON CONFLICT (account_id, id) DO NOTHING`,
      [
        day.iso,
        day.at,
        rows.map((row) => row.accountId),
        rows.map((row) => eventId(row, day.iso)),
        rows.map((row) => row.segmentId),
        rows.map((row) => row.contactId),
        rows.map((row) => row.kind),
        rows.map((row) => row.leaf),
        rows.map((row) => (row.condition === null ? null : JSON.stringify(row.condition))),
        rows.map((row) => row.since),
        rows.map((row) => row.enteredAt),
        rows.map((row) => row.how),
      ],
    );
  }
}

/** Nothing is settled for longer. */
const MOST_DAYS_AHEAD = 400;

/** Accounts whose contacts stay as they are beyond the day. Whoever is kept out by hand comes back on a day of its own. */
function steadySql(batch: Batch, asOf: string, { bind }: Binder): string {
  return `SELECT account_id, NULL, NULL, FALSE, NULL, NULL, NULL, FALSE, NULL, NULL, NULL,
      ${dayNumber(`coalesce(min(steady_through), ${asOf} + ${MOST_DAYS_AHEAD})`)}
    FROM now WHERE account_id NOT IN (
      SELECT x.account_id FROM steward.segment_exclusion x
      WHERE (x.until_day IS NULL OR x.until_day >= ${asOf}) AND ${inBatch(batch, 'x.account_id', bind)})
    GROUP BY account_id HAVING coalesce(min(steady_through) > ${asOf}, TRUE)`;
}

const NOBODY = `SELECT NULL::uuid AS account_id, NULL::uuid AS contact_id, '{}'::int[] AS holding WHERE FALSE`;

/** A row for each account of the batch, or for each of their contacts, with the places of the rules that hold. */
function holdingSql(
  rules: readonly Rule[],
  fields: Catalogue,
  of: SegmentOf,
  context: RuleContext,
  binder: Binder,
  batch: Batch,
  tellsSteady = false,
): string {
  const catalogue = of === 'contact' ? contactCatalogue(fields) : fields;
  const compiled = compileRules(rules, { catalogue, context, binder, of, gathers: of === 'contact', tellsSteady });
  const also = (column: string) => alsoInBatch(batch, column, binder.bind);
  const asOf = () => `${binder.bind(context.day)}::date`;
  const account = compiled.readsAccount ? `JOIN steward.account a ON a.id = s.account_id ${also('a.id')}` : '';
  // Contacts that are seen later turn what is known of the account, on the day that they are.
  const known = () => (tellsSteady ? CONTACTS_OF_ANY_DAY : contactsKnown(asOf()));
  const contact = of === 'contact' ? `JOIN steward.contact x ON ${known()} ${also('x.account_id')}` : '';
  const { sql, steadiness } = compiled;
  const holding = steadiness
    ? `CASE WHEN x.first_seen > ${asOf()} THEN '{}' ELSE ${sql} END AS holding, ${steadiness.through} AS steady_through`
    : `${sql} AS holding`;
  const found = `SELECT s.account_id, ${of === 'contact' ? 'x.id' : `'${NIL}'::uuid`} AS contact_id, ${holding}`;
  if (context.kind === 'past' && batch.kind === 'list') {
    // A few accounts of a day are found by their key: what is known of the newest days lets a scan of the day look cheaper.
    return `${found} FROM unnest(${binder.bind([...batch.ids])}::uuid[]) AS u (id)
      CROSS JOIN LATERAL (SELECT * FROM steward.account_snapshot n WHERE n.account_id = u.id AND n.day = ${asOf()} OFFSET 0) AS s
      ${account} ${contact} ${compiled.gathered}`;
  }
  const table = context.kind === 'past' ? 'account_snapshot' : 'account_state';
  return `${found} FROM steward.${table} s ${account} ${contact} ${compiled.gathered}
    WHERE ${inBatch(batch, 's.account_id', binder.bind)} ${context.kind === 'past' ? `AND s.day = ${asOf()}` : ''}`;
}
