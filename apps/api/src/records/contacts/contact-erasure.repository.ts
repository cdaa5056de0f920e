import { Injectable } from '@nestjs/common';
import { ERASED_CONTACT } from '@steward/shared/contacts';
import { LOCKS } from '../../db/advisory-locks.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { ContactKey } from './contact-key.js';

/** A contact that is to be nobody, and the id of the nobody that takes its place. */
export interface ErasedContact extends ContactKey {
  nameless: string;
}

/** Fields whose histories signals look into, and which name nobody. */
const NAMELESS_FIELDS = ['role', 'leftOn', 'internal'];

const OF = 'account_id = $1 AND contact_id = $2';

/** In the order in which tables are locked everywhere: contacts first, then what refers to them, usage last. */
@Injectable()
export class ContactErasureRepository {
  /** Waits for a run that computes the account, and keeps the next one waiting: it would write of a contact that is gone. */
  async holdRuns(tx: Tx, accountId: string): Promise<void> {
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.buckets}, get_byte(uuid_send($1::uuid), 0))`, [
      accountId,
    ]);
  }

  /** False: there is no such contact. */
  async eraseIdentity(tx: Tx, { accountId, contactId, nameless }: ErasedContact): Promise<boolean> {
    const { query } = open(tx);
    const made = await query(
      // With an id of its own it is never taken for somebody of the same name.
      `INSERT INTO steward.contact (account_id, id, external_id, name, role, is_primary, left_on, internal, first_seen,
         last_seen, attributes, observed_at, created_at)
       SELECT account_id, $3::uuid, 'erased:' || $3, $4, role, FALSE, left_on, internal, first_seen,
         last_seen, '{}', observed_at, created_at
       FROM steward.contact WHERE account_id = $1 AND id = $2 RETURNING id`,
      [accountId, contactId, nameless, ERASED_CONTACT],
    );
    if (made.length === 0) return false;
    const moved = [accountId, contactId, nameless];
    await query(`UPDATE steward.contact_field SET contact_id = $3 WHERE ${OF} AND field = ANY($4::text[])`, [
      ...moved,
      NAMELESS_FIELDS,
    ]);
    await query(`DELETE FROM steward.contact_field WHERE ${OF}`, [accountId, contactId]);
    await query('DELETE FROM steward.contact WHERE account_id = $1 AND id = $2', [accountId, contactId]);
    await query(`UPDATE steward.ticket SET contact_id = $3 WHERE ${OF}`, moved);
    await query(
      // An answer without an id of its own has one of who answered and when.
      `UPDATE steward.survey_answer SET contact_id = $3::uuid, comment = NULL,
         id = CASE WHEN id LIKE '%@' || answered_on THEN md5(id || $3::text) ELSE id END
       WHERE ${OF}`,
      moved,
    );
    await query(
      `UPDATE steward.touchpoint SET contact_ids = array_replace(contact_ids, $2::uuid, $3::uuid)
       WHERE account_id = $1 AND contact_ids @> ARRAY[$2::uuid]`,
      moved,
    );
    await query(
      `UPDATE steward.touchpoint_by_hand SET removed = replace(removed::text, $2::text, $3::text)::jsonb
       WHERE account_id = $1 AND removed IS NOT NULL`,
      moved,
    );
    // As a member it stays: whoever is erased neither leaves a segment nor enters one by it.
    await query(`UPDATE steward.segment_member SET contact_id = $3 WHERE ${OF}`, moved);
    await query(`UPDATE steward.segment_event SET contact_id = $3 WHERE ${OF}`, moved);
    return true;
  }

  /** Message ids stay, so that a delivery that comes once more still counts once. The caller has ended what is remembered. */
  async eraseUsage(tx: Tx, { accountId, contactId, nameless }: ErasedContact): Promise<void> {
    const { query } = open(tx);
    const moved = [accountId, contactId, nameless];
    await query(`UPDATE steward.event SET contact_id = $3, properties = NULL WHERE ${OF}`, moved);
    await query(`UPDATE steward.usage_contact_month SET contact_id = $3 WHERE ${OF}`, moved);
  }
}
