import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { leavesOf, type Rule } from '@steward/shared/rules';
import { NIL, v5 as uuid } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import { compileRules } from '../../db/rules/compile-rule.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { addDays, type Day, isoOf } from '../../domain/calendar/day.js';
import type { MemberHow, Membership } from '../../domain/segments/membership.js';
import { type Batch, inBatch } from '../batch.js';
import type { DayRun } from '../day-run.js';

/** Ids of events are made of account, segment, kind and day, so that a run repeated makes none twice. */
const EVENTS = '6f3c1f7a-2b0e-5d3c-9f41-7a1f0c5e8b62';

export interface StoredMember extends Membership {
  enteredAt: Date;
}

export interface StoredEvent extends StoredMember {
  accountId: string;
  segmentId: string;
  kind: 'entered' | 'left';
}

/** What is stored of a batch before its segments are evaluated; keys of the maps are `memberKey`. */
export interface SegmentMemory {
  members: Map<string, StoredMember>;
  /** Of the day. */
  events: Map<string, StoredEvent>;
  /** Accounts kept out on the day. */
  excluded: Set<string>;
  /** By account, the highest rule version that it has been held against. */
  through: Map<string, number>;
}

export interface NewMember {
  accountId: string;
  segmentId: string;
  since: IsoDay;
  enteredAt: Date;
  how: MemberHow;
}

export interface NewEvent extends NewMember {
  kind: 'entered' | 'left';
  leaf: number | null;
}

export interface AccountAndSegment {
  accountId: string;
  segmentId: string;
}

export const memberKey = (accountId: string, segmentId: string) => `${accountId} ${segmentId}`;
const eventId = ({ accountId, segmentId, kind }: AccountAndSegment & { kind: string }, day: IsoDay) =>
  uuid(`${accountId} ${segmentId} ${kind} ${day}`, EVENTS);

interface MemberRow {
  account_id: string;
  segment_id: string;
  since: Day;
  at: Date;
  how: MemberHow;
}

function inKeyOrder<Each extends AccountAndSegment>(rows: readonly Each[]): Each[] {
  const key = (row: Each) => memberKey(row.accountId, row.segmentId);
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
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

  async memory(tx: Tx, batch: Batch, day: IsoDay): Promise<SegmentMemory> {
    const { prepared } = open(tx);
    const of = (): { binder: Binder; where: string } => {
      const binder = new Binder();
      return { binder, where: inBatch(batch, 'account_id', binder.bind) };
    };
    const members = of();
    const memberRows = await prepared<MemberRow>(
      `SELECT account_id, segment_id, ${dayNumber('since_day')} AS since, entered_at AS at, how
       FROM steward.segment_member WHERE ${members.where} AND contact_id = ${members.binder.bind(NIL)}::uuid`,
      members.binder.values,
    );
    const events = of();
    const eventRows = await prepared<MemberRow & { kind: StoredEvent['kind'] }>(
      `SELECT account_id, segment_id, kind, ${dayNumber('since_day')} AS since, since_at AS at, how
       FROM steward.segment_event WHERE ${events.where} AND day = ${events.binder.bind(day)}::date
         AND contact_id = ${events.binder.bind(NIL)}::uuid`,
      events.binder.values,
    );
    const excluded = of();
    const excludedRows = await prepared<{ account_id: string; segment_id: string }>(
      `SELECT account_id, segment_id FROM steward.segment_exclusion
       WHERE ${excluded.where} AND (until_day IS NULL OR until_day >= ${excluded.binder.bind(day)}::date)`,
      excluded.binder.values,
    );
    const evaluated = of();
    const evaluatedRows = await prepared<{ account_id: string; through_version: number }>(
      `SELECT account_id, through_version FROM steward.segment_evaluation WHERE ${evaluated.where}`,
      evaluated.binder.values,
    );
    const keyOf = (row: { account_id: string; segment_id: string }) => memberKey(row.account_id, row.segment_id);
    const memberOf = ({ since, at, how }: MemberRow): StoredMember => ({ since, enteredAt: at, how });
    return {
      members: new Map(memberRows.map((row) => [keyOf(row), memberOf(row)])),
      events: new Map(
        eventRows.map((row) => [
          `${keyOf(row)} ${row.kind}`,
          { ...memberOf(row), accountId: row.account_id, segmentId: row.segment_id, kind: row.kind },
        ]),
      ),
      excluded: new Set(excludedRows.map(keyOf)),
      through: new Map(evaluatedRows.map((row) => [row.account_id, row.through_version])),
    };
  }

  async removeMembers(tx: Tx, gone: readonly AccountAndSegment[]): Promise<void> {
    if (gone.length === 0) return;
    const rows = inKeyOrder(gone);
    await open(tx).prepared(
      `DELETE FROM steward.segment_member m USING unnest($1::uuid[], $2::uuid[]) AS u (account_id, segment_id)
       WHERE m.account_id = u.account_id AND m.segment_id = u.segment_id AND m.account_id = ANY($1::uuid[])
         AND m.contact_id = $3::uuid`,
      [rows.map((row) => row.accountId), rows.map((row) => row.segmentId), NIL],
    );
  }

  async addMembers(tx: Tx, added: readonly NewMember[]): Promise<void> {
    if (added.length === 0) return;
    const rows = inKeyOrder(added);
    await open(tx).prepared(
      `INSERT INTO steward.segment_member (account_id, segment_id, contact_id, since_day, entered_at, how)
       SELECT u.account_id, u.segment_id, $1::uuid, u.since_day, u.entered_at, u.how
       FROM unnest($2::uuid[], $3::uuid[], $4::date[], $5::timestamptz[], $6::text[])
         AS u (account_id, segment_id, since_day, entered_at, how)
       ORDER BY u.account_id, u.segment_id
       ON CONFLICT (account_id, segment_id, contact_id) DO UPDATE
       SET since_day = EXCLUDED.since_day, entered_at = EXCLUDED.entered_at, how = EXCLUDED.how`,
      [
        NIL,
        rows.map((row) => row.accountId),
        rows.map((row) => row.segmentId),
        rows.map((row) => row.since),
        rows.map((row) => row.enteredAt),
        rows.map((row) => row.how),
      ],
    );
  }

  async removeEvents(tx: Tx, gone: readonly StoredEvent[], day: IsoDay): Promise<void> {
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
         (account_id, id, segment_id, contact_id, kind, day, at, leaf, since_day, since_at, how)
       SELECT u.account_id, u.id, u.segment_id, $1::uuid, u.kind, $2::date, $3, u.leaf, u.since_day, u.since_at, u.how
       FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::int[], $9::date[], $10::timestamptz[], $11::text[])
         AS u (account_id, id, segment_id, kind, leaf, since_day, since_at, how)
       ORDER BY u.account_id, u.id
       ON CONFLICT (account_id, id) DO NOTHING`,
      [
        NIL,
        day.iso,
        day.at,
        rows.map((row) => row.accountId),
        rows.map((row) => eventId(row, day.iso)),
        rows.map((row) => row.segmentId),
        rows.map((row) => row.kind),
        rows.map((row) => row.leaf),
        rows.map((row) => row.since),
        rows.map((row) => row.enteredAt),
        rows.map((row) => row.how),
      ],
    );
  }

  /** Remembers up to which rule version these accounts have been evaluated. */
  async setThrough(tx: Tx, accountIds: readonly string[], version: number): Promise<void> {
    if (accountIds.length === 0) return;
    await open(tx).prepared(
      `INSERT INTO steward.segment_evaluation (account_id, through_version)
       SELECT id, $2::int FROM unnest($1::uuid[]) AS u (id) ORDER BY id
       ON CONFLICT (account_id) DO UPDATE SET through_version = EXCLUDED.through_version`,
      [[...accountIds].sort(), version],
    );
  }

  /** By account, which conditions of a rule held at the close of the day before; without a snapshot none is known. */
  async leavesBefore(tx: Tx, day: DayRun, rule: Rule, accountIds: readonly string[]): Promise<Map<string, boolean[]>> {
    const leaves = leavesOf(rule);
    const binder = new Binder();
    const before = isoOf(addDays(day.asOf, -1));
    const context = { kind: 'past', day: before } as const;
    const compiled = compileRules(leaves, { catalogue: day.model.catalogue, context, binder });
    const ids = binder.bind([...accountIds]);
    const account = compiled.readsAccount
      ? `JOIN steward.account a ON a.id = s.account_id AND a.id = ANY(${ids}::uuid[])`
      : '';
    const rows = await open(tx).query<{ id: string; holding: number[] }>(
      `SELECT s.account_id AS id, ${compiled.sql} AS holding FROM steward.account_snapshot s ${account}
       WHERE s.account_id = ANY(${ids}::uuid[]) AND s.day = ${binder.bind(before)}::date`,
      binder.values,
    );
    return new Map(rows.map(({ id, holding }) => [id, leaves.map((_, place) => holding.includes(place))]));
  }
}
