import { Injectable } from '@nestjs/common';
import { Binder } from '../../../db/rules/binder.js';
import { dayNumber } from '../../../db/sql-days.js';
import { open, type Tx } from '../../../db/unit-of-work.js';
import { type Day, isoOf } from '../../../domain/calendar/day.js';
import { type Batch, inBatch } from '../../batch.js';
import type { AccountContact } from './quiet-spells.js';

export interface ContactRow {
  account_id: string;
  id: string;
  ref: string | null;
  role: string | null;
  internal: boolean;
  left_on: number | null;
  last_seen: number | null;
}

/** Role n held from day n on. */
export interface ContactRolesRow {
  account_id: string;
  contact_id: string;
  left_on: number | null;
  last_seen: number | null;
  from_days: number[];
  roles: (string | null)[];
}

export interface TouchpointRow {
  account_id: string;
  ref: string;
  day: number;
  counts: boolean;
  contact_ids: string[];
}

export interface LastTouchRow {
  account_id: string;
  day: number;
}

/** The people of a batch's accounts of whom more is known than their use, and who has been in touch with them. */
@Injectable()
export class RelationshipFactsRepository {
  /** Contacts whose role or mark changes what counts; all others are known by their rows in the ledger. */
  specialContacts(tx: Tx, batch: Batch): Promise<ContactRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT account_id, id, coalesce(name, email, external_id) AS ref, role, internal,
         ${dayNumber('left_on')} AS left_on, ${dayNumber('last_seen')} AS last_seen
       FROM steward.contact WHERE ${inBatch(batch, 'account_id', bind)} AND (internal OR role = 'champion')`,
      values,
    );
  }

  /** All roles that contacts have had who were champions at some time: of others no role is asked. */
  contactRoles(tx: Tx, batch: Batch): Promise<ContactRolesRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `WITH champions AS MATERIALIZED (
         SELECT DISTINCT k.account_id, k.contact_id FROM steward.contact_field k
         WHERE ${inBatch(batch, 'k.account_id', bind)} AND k.field = 'role' AND k.value #>> '{}' = 'champion')
       SELECT c.account_id, c.id AS contact_id, ${dayNumber('c.left_on')} AS left_on,
         ${dayNumber('c.last_seen')} AS last_seen, array_agg(${dayNumber('f.from_day')}) AS from_days,
         array_agg(f.value #>> '{}') AS roles
       FROM champions k
       JOIN steward.contact_field f ON f.account_id = k.account_id AND f.contact_id = k.contact_id AND f.field = 'role'
       JOIN steward.contact c ON c.account_id = k.account_id AND c.id = k.contact_id
       GROUP BY c.account_id, c.id`,
      values,
    );
  }

  touchpoints(tx: Tx, batch: Batch, from: Day, through: Day): Promise<TouchpointRow[]> {
    const { bind, values } = new Binder();
    return open(tx).prepared(
      `SELECT account_id, id AS ref, ${dayNumber('on_day')} AS day, counts, contact_ids FROM steward.touchpoint
       WHERE ${inBatch(batch, 'account_id', bind)} AND on_day >= ${bind(isoOf(from))}::date
         AND on_day <= ${bind(isoOf(through))}::date`,
      values,
    );
  }

  /** The newest counting touchpoint before the day, of accounts without one since. */
  lastTouch(tx: Tx, ids: readonly string[], before: Day): Promise<LastTouchRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return open(tx).prepared(
      `SELECT account_id, ${dayNumber('max(on_day)')} AS day FROM steward.touchpoint
       WHERE account_id = ANY($1::uuid[]) AND on_day < $2::date AND counts GROUP BY account_id`,
      [[...ids], isoOf(before)],
    );
  }

  /** Touchpoints before the day that name one of these contacts. */
  contactTouches(tx: Tx, contacts: readonly AccountContact[], before: Day): Promise<TouchpointRow[]> {
    if (contacts.length === 0) return Promise.resolve([]);
    return open(tx).prepared(
      `SELECT t.account_id, min(t.id) AS ref, ${dayNumber('max(t.on_day)')} AS day, false AS counts,
         ARRAY[c.contact_id] AS contact_ids
       FROM unnest($1::uuid[], $2::uuid[]) AS c (account_id, contact_id)
       JOIN steward.touchpoint t ON t.account_id = c.account_id AND c.contact_id = ANY(t.contact_ids)
       WHERE t.account_id = ANY($1::uuid[]) AND t.on_day < $3::date
       GROUP BY t.account_id, c.contact_id`,
      [contacts.map((contact) => contact.accountId), contacts.map((contact) => contact.contactId), isoOf(before)],
    );
  }
}
