import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { RuleLeaf } from '@steward/shared/rules';
import { NIL, v5 as uuid } from 'uuid';
import { KeptTexts } from '../../db/rules/kept-texts.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Day } from '../../domain/calendar/day.js';
import type { MemberHow, Membership } from '../../domain/segments/membership.js';
import { type Batch, type BatchText, valuesOfBatch } from '../batch.js';
import type { DayOfSegments } from './day-of-segments.js';
import { differencesSql } from './differences-sql.js';
import type { SegmentPart } from './segment-parts.js';

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
  /** Parts are made for a catalogue. */
  private readonly texts = new KeptTexts<SegmentPart, BatchText>();

  /** The workspace's first day: all that is found on it was there before. Null: no day was ever closed. */
  async firstDay(tx: Tx): Promise<Day | null> {
    const [row] = await open(tx).prepared<{ day: Day | null }>(
      `SELECT ${dayNumber('min(day)')} + 1 AS day FROM steward.day_close`,
    );
    return row?.day ?? null;
  }

  /**
   * Rules and memberships are compared where both are, so that only what differs is passed on. Members of what is neither
   * of the part nor one of the others are of no segment any more. Of a steady part it is told as well through which day
   * an account's members stay.
   */
  async differences(
    tx: Tx,
    batch: Batch,
    day: DayOfSegments,
    part: SegmentPart,
    tellsSteady: boolean,
  ): Promise<Differences> {
    const key = JSON.stringify([day.context, day.timeZone, tellsSteady, batch.kind]);
    const text = this.texts.of(part, key, () => differencesSql(part, day, tellsSteady, batch.kind));
    const found = await open(tx).prepared<DifferenceRow | SteadyRow>(text.sql, valuesOfBatch(text.values, batch));
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
