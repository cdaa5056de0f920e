import { Injectable } from '@nestjs/common';
import type { ContactExport, ContactUse } from '@steward/shared/contacts';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import type { ContactKey } from './contact-key.js';

/** All but the events. */
export type KnownOfContact = Omit<ContactExport, 'exportedAt' | 'events'>;

const EVENTS_A_PAGE = 2_000;

/** Rows of another table that name the contact, as JSON in this order. */
const list = (columns: string, from: string, order: string) =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object(${columns}) ORDER BY ${order}), '[]') FROM ${from})`;

/** An instant as JSON writes one; whole, because the next page begins after it. */
const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

@Injectable()
export class ContactExportsRepository {
  /** Null: there is no such contact, or not for this reader. */
  async known(tx: Tx, scope: Scope, { accountId, contactId }: ContactKey): Promise<KnownOfContact | null> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<KnownOfContact>(
      `SELECT
         jsonb_build_object('id', a.id, 'externalId', a.external_id, 'name', a.name) AS account,
         jsonb_build_object('id', c.id, 'externalId', c.external_id, 'email', c.email, 'name', c.name, 'title', c.title,
           'role', c.role, 'primary', c.is_primary, 'consent', c.consent, 'leftOn', c.left_on, 'internal', c.internal,
           'firstSeen', c.first_seen, 'lastSeen', c.last_seen, 'attributes', c.attributes) AS contact,
         ${list(
           `'field', f.field, 'fromDay', f.from_day, 'value', f.value, 'source', f.source, 'receivedAt', ${instant('f.received_at')}`,
           'steward.contact_field f WHERE f.account_id = c.account_id AND f.contact_id = c.id',
           'f.field, f.from_day',
         )} AS fields,
         (SELECT coalesce(jsonb_agg(u.month + bit ORDER BY u.month, bit), '[]')
          FROM steward.usage_contact_month u, generate_series(0, 30) AS bit
          WHERE u.account_id = c.account_id AND u.contact_id = c.id AND (u.days >> bit) & 1 = 1) AS "activeDays",
         ${list(
           `'id', t.id, 'openedAt', ${instant('t.opened_at')}, 'closedAt', ${instant('t.closed_at')}, 'status', t.status,
            'priority', t.priority, 'subject', t.subject, 'satisfaction', t.satisfaction`,
           'steward.ticket t WHERE t.account_id = c.account_id AND t.contact_id = c.id',
           't.opened_at, t.id',
         )} AS tickets,
         ${list(
           `'kind', v.kind, 'id', v.id, 'answeredOn', v.answered_on, 'score', v.score, 'scaleMin', v.scale_min,
            'scaleMax', v.scale_max, 'comment', v.comment`,
           'steward.survey_answer v WHERE v.account_id = c.account_id AND v.contact_id = c.id',
           'v.answered_on, v.kind, v.id',
         )} AS answers,
         ${list(
           `'id', h.id, 'kind', h.kind, 'at', ${instant('h.at')}, 'author', coalesce(w.full_name, h.author_text), 'text', h.text`,
           `steward.touchpoint h LEFT JOIN steward.app_user w ON w.id = h.author_user_id
            WHERE h.account_id = c.account_id AND h.contact_ids @> ARRAY[c.id]`,
           'h.at, h.id',
         )} AS touchpoints,
         ${list(
           `'name', g.name, 'sinceDay', m.since_day`,
           `steward.segment_member m JOIN steward.segment g ON g.id = m.segment_id AND g.visibility = 'shared'
            WHERE m.account_id = c.account_id AND m.contact_id = c.id`,
           'g.name',
         )} AS segments
       FROM steward.account a JOIN steward.contact c ON c.account_id = a.id AND c.id = ${bind(contactId)}
       WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return row ?? null;
  }

  /** The events after one, or the first: oldest first. */
  events(tx: Tx, { accountId, contactId }: ContactKey, after: ContactUse | null): Promise<ContactUse[]> {
    const { bind, values } = new Binder();
    const from =
      after === null
        ? ''
        : `AND (e.occurred_at, e.message_id) > (${bind(after.at)}::timestamptz, ${bind(after.messageId)})`;
    return open(tx).query(
      `SELECT ${instant('e.occurred_at')} AS at, e.message_id AS "messageId", e.name, f.label AS feature, e.count, e.properties
       FROM steward.event e LEFT JOIN steward.feature f ON f.id = e.feature_id
       WHERE e.account_id = ${bind(accountId)} AND e.contact_id = ${bind(contactId)} ${from}
       ORDER BY e.occurred_at, e.message_id LIMIT ${EVENTS_A_PAGE}`,
      values,
    );
  }
}
