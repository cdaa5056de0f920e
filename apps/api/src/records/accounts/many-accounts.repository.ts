import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { v7 } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

/** An owner as the history keeps it. Without an id: a text that matched nobody. */
export interface OwnerValue {
  userId: string | null;
  text: string | null;
}

export interface HeldAccount {
  id: string;
  csm: OwnerValue;
  am: OwnerValue;
  tags: string[];
}

/** A field's newest value with where it came from. No source: the field was never told. */
export interface FieldValue {
  value: unknown;
  source: string | null;
}

export type ManyField = 'csm' | 'am' | 'tags';

export interface TierByHand {
  id: string;
  tier: string;
  reason: string;
  untilDay: IsoDay | null;
  byUserId: string | null;
}

export interface StoredPulse {
  day: IsoDay;
  value: number;
  reasons: string[];
  note: string | null;
  authorUserId: string | null;
  authorText: string | null;
}

/** Owners that accounts would have in a role: whoever sees them so may hold them, too. */
export interface OwnersAfter {
  role: 'csm' | 'am';
  owners: ReadonlyMap<string, string | null>;
}

/** Edits of many accounts at a time, each with few statements. Every write is preceded by `hold`. */
@Injectable()
export class ManyAccountsRepository {
  /** Those of the accounts that the person sees, held until the end of the transaction. In key order. */
  async hold(tx: Tx, scope: Scope, ids: readonly string[], after: OwnersAfter | null = null): Promise<HeldAccount[]> {
    const { bind, values } = new Binder();
    const given = [...ids].sort().map((id) => ({ id, known: after?.owners.has(id), user_id: after?.owners.get(id) }));
    const owner = (role: 'csm' | 'am') =>
      `${after?.role === role ? 'i.user_id' : `a.${role}_user_id`} AS ${role}_user_id`;
    const seenAfter = () => `i.known AND EXISTS (SELECT 1 FROM (SELECT ${owner('csm')}, ${owner('am')}) w
      WHERE ${scopePredicate(scope, bind, 'w')})`;
    // An update that changes nothing holds rows on every node; reading for update does so on one only.
    return open(tx).query<HeldAccount>(
      `WITH held AS (
         UPDATE steward.account a SET updated_at = a.updated_at
         FROM (SELECT * FROM jsonb_to_recordset(${bind(JSON.stringify(given))}::jsonb)
           AS r(id uuid, known boolean, user_id uuid) ORDER BY id) i
         WHERE a.id = i.id AND (${scopePredicate(scope, bind)}${after === null ? '' : ` OR ${seenAfter()}`})
         RETURNING a.id, a.csm_user_id, a.csm_text, a.am_user_id, a.am_text, a.tags)
       SELECT id, jsonb_build_object('userId', csm_user_id, 'text', csm_text) AS csm,
         jsonb_build_object('userId', am_user_id, 'text', am_text) AS am, tags
       FROM held ORDER BY id`,
      values,
    );
  }

  async newestVersions(tx: Tx, field: ManyField, ids: readonly string[]): Promise<Map<string, FieldValue>> {
    const rows = await open(tx).query<{ id: string; value: unknown; source: string }>(
      `SELECT DISTINCT ON (f.account_id) f.account_id AS id, f.value, f.source FROM steward.account_field f
       WHERE f.account_id = ANY($1::uuid[]) AND f.field = $2
       ORDER BY f.account_id, COALESCE(f.confirmed_on, f.from_day) DESC, f.from_day DESC`,
      [ids, field],
    );
    return new Map(rows.map(({ id, value, source }) => [id, { value, source }]));
  }

  /** Writes the newest owners of a role and their history. */
  async saveOwners(
    tx: Tx,
    role: 'csm' | 'am',
    owners: readonly { id: string; owner: OwnerValue; source: string }[],
    day: IsoDay,
    at: Date,
  ): Promise<void> {
    const versions = owners.map(({ id, owner, source }) => {
      const nobody = owner.userId === null && owner.text === null;
      return { id, value: nobody ? null : owner, source };
    });
    await this.saveVersions(tx, role, versions, day, at);
    await open(tx).query(
      `UPDATE steward.account a SET ${role}_user_id = i.user_id, ${role}_text = i.text, revision = a.revision + 1, updated_at = $2
       FROM jsonb_to_recordset($1::jsonb) AS i (id uuid, user_id uuid, text text) WHERE a.id = i.id`,
      [JSON.stringify(owners.map(({ id, owner }) => ({ id, user_id: owner.userId, text: owner.text }))), at],
    );
  }

  /** Writes the newest tags and their history. */
  async saveTags(
    tx: Tx,
    tagged: readonly { id: string; tags: readonly string[]; source: string }[],
    day: IsoDay,
    at: Date,
  ): Promise<void> {
    const versions = tagged.map(({ id, tags, source }) => ({ id, value: tags, source }));
    await this.saveVersions(tx, 'tags', versions, day, at);
    await open(tx).query(
      `UPDATE steward.account a SET tags = ARRAY(SELECT jsonb_array_elements_text(i.tags)), revision = a.revision + 1,
         updated_at = $2
       FROM jsonb_to_recordset($1::jsonb) AS i (id uuid, tags jsonb) WHERE a.id = i.id`,
      [JSON.stringify(tagged.map(({ id, tags }) => ({ id, tags }))), at],
    );
  }

  private async saveVersions(
    tx: Tx,
    field: ManyField,
    versions: readonly { id: string; value: unknown; source: string }[],
    day: IsoDay,
    at: Date,
  ): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.account_field (account_id, field, from_day, value, source, observed_at, received_at)
       SELECT i.id, $1, $2::date, i.value, i.source, $3, $3
       FROM jsonb_to_recordset($4::jsonb) AS i (id uuid, value jsonb, source text) ORDER BY i.id
       ON CONFLICT (account_id, field, from_day) DO UPDATE SET value = EXCLUDED.value, source = EXCLUDED.source,
         observed_at = EXCLUDED.observed_at, received_at = EXCLUDED.received_at`,
      [field, day, at, JSON.stringify(versions)],
    );
  }

  /** The tiers that hold by hand on the day. */
  async tiersByHand(tx: Tx, ids: readonly string[], day: IsoDay): Promise<Map<string, TierByHand>> {
    const rows = await open(tx).query<TierByHand & { accountId: string }>(
      `SELECT DISTINCT ON (account_id) account_id AS "accountId", id, tier, reason, until_day AS "untilDay",
         by_user_id AS "byUserId"
       FROM steward.tier_override
       WHERE account_id = ANY($1::uuid[]) AND from_day <= $2::date AND (until_day IS NULL OR until_day >= $2::date)
       ORDER BY account_id, from_day DESC, created_at DESC`,
      [ids, day],
    );
    return new Map(rows.map(({ accountId, ...tier }) => [accountId, tier]));
  }

  /** Ends what was set by hand with the day before; one that began on the day itself never held. */
  async endTiersByHand(tx: Tx, ids: readonly string[], day: IsoDay): Promise<void> {
    await open(tx).query(
      `UPDATE steward.tier_override SET until_day = $2::date - 1
       WHERE account_id = ANY($1::uuid[]) AND from_day <= $2::date AND (until_day IS NULL OR until_day >= $2::date)`,
      [ids, day],
    );
  }

  /** Answers the ids of what was written, by account. */
  async addTiersByHand(
    tx: Tx,
    tiers: readonly ({ accountId: string } & Omit<TierByHand, 'id'>)[],
    day: IsoDay,
    at: Date,
  ): Promise<Map<string, string>> {
    const input = tiers.map(({ accountId, tier, reason, untilDay, byUserId }) => ({
      account_id: accountId,
      id: v7(),
      tier,
      reason,
      until_day: untilDay,
      by_user_id: byUserId,
    }));
    await open(tx).query(
      `INSERT INTO steward.tier_override (account_id, id, tier, reason, from_day, until_day, by_user_id, created_at)
       SELECT i.account_id, i.id, i.tier, i.reason, $2::date, i.until_day, i.by_user_id, $3
       FROM jsonb_to_recordset($1::jsonb) AS i (account_id uuid, id uuid, tier text, reason text, until_day date, by_user_id uuid)
       ORDER BY i.account_id`,
      [JSON.stringify(input), day, at],
    );
    return new Map(input.map(({ account_id, id }) => [account_id, id]));
  }

  /** The pulses of the day itself. */
  async pulsesOf(tx: Tx, ids: readonly string[], day: IsoDay): Promise<Map<string, StoredPulse>> {
    return this.pulses(tx, ids, 'p.day = $2::date', day);
  }

  /** Each account's newest pulse, of whatever day up to this one. */
  async newestPulses(tx: Tx, ids: readonly string[], day: IsoDay): Promise<Map<string, StoredPulse>> {
    return this.pulses(tx, ids, 'p.day <= $2::date', day);
  }

  private async pulses(tx: Tx, ids: readonly string[], of: string, day: IsoDay): Promise<Map<string, StoredPulse>> {
    const rows = await open(tx).query<StoredPulse & { accountId: string }>(
      `SELECT DISTINCT ON (p.account_id) p.account_id AS "accountId", p.day, p.value, p.reasons, p.note,
         p.author_user_id AS "authorUserId", p.author_text AS "authorText"
       FROM steward.pulse p WHERE p.account_id = ANY($1::uuid[]) AND ${of} ORDER BY p.account_id, p.day DESC`,
      [ids, day],
    );
    return new Map(rows.map(({ accountId, ...pulse }) => [accountId, pulse]));
  }

  async savePulses(tx: Tx, pulses: readonly ({ accountId: string } & StoredPulse)[], at: Date): Promise<void> {
    const input = pulses.map(({ accountId, authorUserId, authorText, ...pulse }) => ({
      ...pulse,
      account_id: accountId,
      author_user_id: authorUserId,
      author_text: authorText,
    }));
    await open(tx).query(
      `INSERT INTO steward.pulse (account_id, day, value, reasons, note, author_user_id, author_text, observed_at, received_at)
       SELECT i.account_id, i.day, i.value, ARRAY(SELECT jsonb_array_elements_text(i.reasons)), i.note, i.author_user_id,
         i.author_text, $2, $2
       FROM jsonb_to_recordset($1::jsonb) AS i (account_id uuid, day date, value smallint, reasons jsonb, note text,
         author_user_id uuid, author_text text)
       ORDER BY i.account_id
       ON CONFLICT (account_id, day) DO UPDATE SET value = EXCLUDED.value, reasons = EXCLUDED.reasons, note = EXCLUDED.note,
         author_user_id = EXCLUDED.author_user_id, author_text = EXCLUDED.author_text, replaced = NULL,
         observed_at = EXCLUDED.observed_at, received_at = EXCLUDED.received_at`,
      [JSON.stringify(input), at],
    );
  }

  async removePulses(tx: Tx, pulses: readonly { accountId: string; day: IsoDay }[]): Promise<void> {
    await open(tx).query(
      `DELETE FROM steward.pulse p USING jsonb_to_recordset($1::jsonb) AS i (account_id uuid, day date)
       WHERE p.account_id = i.account_id AND p.day = i.day`,
      [JSON.stringify(pulses.map(({ accountId, day }) => ({ account_id: accountId, day })))],
    );
  }
}
