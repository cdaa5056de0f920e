import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { v7 } from 'uuid';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';
import type { StoredPulse } from './many-accounts.repository.js';

/** The fields that people edit, as they stand. */
export interface EditableAccount {
  id: string;
  revision: number;
  name: string;
  domain: string | null;
  industry: string | null;
  size: string | null;
  employees: number | null;
  country: string | null;
  region: string | null;
  plan: string | null;
  csmUserId: string | null;
  amUserId: string | null;
  renewalDate: IsoDay | null;
  seats: number | null;
  noticeGivenOn: IsoDay | null;
  leavesOn: IsoDay | null;
  tags: string[];
}

export interface SeenAccount {
  revision: number;
  csm: { userId: string; name: string } | null;
  am: { userId: string; name: string } | null;
}

const EDITABLE = `SELECT a.id, a.revision, a.name, a.domain, a.industry, a.size, a.employees, a.country, a.region, a.plan,
    a.csm_user_id AS "csmUserId", a.am_user_id AS "amUserId",
    a.renewal_date AS "renewalDate", a.seats, a.notice_given_on AS "noticeGivenOn", a.leaves_on AS "leavesOn", a.tags
  FROM steward.account a`;

type EditedField = Exclude<keyof EditableAccount, 'id' | 'revision'>;

/** The history's name of a field and the column of its newest value; an owner's text is kept beside its id. */
const FIELDS: Record<EditedField, { version: string; column: string }> = {
  name: { version: 'name', column: 'name' },
  domain: { version: 'domain', column: 'domain' },
  industry: { version: 'industry', column: 'industry' },
  size: { version: 'size', column: 'size' },
  employees: { version: 'employees', column: 'employees' },
  country: { version: 'country', column: 'country' },
  region: { version: 'region', column: 'region' },
  plan: { version: 'plan', column: 'plan' },
  csmUserId: { version: 'csm', column: 'csm_user_id' },
  amUserId: { version: 'am', column: 'am_user_id' },
  renewalDate: { version: 'renewalDate', column: 'renewal_date' },
  seats: { version: 'seats', column: 'seats' },
  noticeGivenOn: { version: 'noticeGivenOn', column: 'notice_given_on' },
  leavesOn: { version: 'leavesOn', column: 'leaves_on' },
  tags: { version: 'tags', column: 'tags' },
};

export interface Edit {
  accountId: string;
  personId: string;
  /** Fields that change, with their new values. */
  values: Partial<Record<EditedField, unknown>>;
  /** Names of the people who become owners, by id. */
  names: ReadonlyMap<string, string>;
  day: IsoDay;
  at: Date;
}

export interface ByHand {
  accountId: string;
  personId: string;
  reason: string | null;
  day: IsoDay;
  at: Date;
}

@Injectable()
export class AccountEditsRepository {
  /** The account, held until the end of the transaction. Null: not there for this person. */
  async held(tx: Tx, scope: Scope, accountId: string): Promise<EditableAccount | null> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<EditableAccount>(
      `${EDITABLE} WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)} FOR UPDATE`,
      values,
    );
    return row ?? null;
  }

  /** The same, for whoever gave it out of their sight with this hand-over: they may take it back. */
  async heldByGiver(
    tx: Tx,
    scope: Scope,
    accountId: string,
    { userId, id }: { userId: string; id: string },
  ): Promise<EditableAccount | null> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<EditableAccount>(
      `${EDITABLE} WHERE a.id = ${bind(accountId)} AND (${scopePredicate(scope, bind)} OR EXISTS (
         SELECT 1 FROM steward.hand_over h WHERE h.account_id = a.id AND h.id = ${bind(id)} AND h.by_user_id = ${bind(userId)}))
       FOR UPDATE`,
      values,
    );
    return row ?? null;
  }

  /** An account with its owners’ names. Null: not there for this reader. */
  async seen(tx: Tx, scope: Scope, accountId: string): Promise<SeenAccount | null> {
    const { bind, values } = new Binder();
    const owner = (role: 'csm' | 'am') =>
      `(SELECT jsonb_build_object('userId', u.id, 'name', u.full_name) FROM steward.app_user u WHERE u.id = a.${role}_user_id)`;
    const [row] = await open(tx).query<SeenAccount>(
      `SELECT a.revision, ${owner('csm')} AS csm, ${owner('am')} AS am FROM steward.account a
       WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return row ?? null;
  }

  /** Full names of those who may own accounts: active, and not only looking on. */
  async possibleOwners(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await open(tx).query<{ id: string; name: string }>(
      `SELECT id, full_name AS name FROM steward.app_user WHERE id = ANY($1::uuid[]) AND active AND role <> 'viewer'`,
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Writes the newest values and their history, where a person's word is known as theirs. */
  async save(tx: Tx, { accountId, personId, values, names, day, at }: Edit): Promise<void> {
    const { query } = open(tx);
    const edited = Object.entries(values) as [EditedField, unknown][];
    const versions = edited.map(([field, value]) => ({
      field: FIELDS[field].version,
      value: versionOf(field, value, names),
    }));
    await query(
      `INSERT INTO steward.account_field (account_id, field, from_day, value, source, observed_at, received_at)
       SELECT $1::uuid, i.field, $2::date, i.value, $3, $4, $4
       FROM jsonb_to_recordset($5::jsonb) AS i (field text, value jsonb) ORDER BY i.field
       ON CONFLICT (account_id, field, from_day) DO UPDATE SET value = EXCLUDED.value, source = EXCLUDED.source,
         observed_at = EXCLUDED.observed_at, received_at = EXCLUDED.received_at`,
      [accountId, day, `person:${personId}`, at, JSON.stringify(versions)],
    );
    const { bind, values: parameters } = new Binder();
    const set = edited.flatMap(([field, value]) => {
      const { column } = FIELDS[field];
      const own = `${column} = ${bind(value)}`;
      if (field !== 'csmUserId' && field !== 'amUserId') return [own];
      return [own, `${column.replace('_user_id', '_text')} = ${bind(names.get(String(value)) ?? null)}`];
    });
    await query(
      `UPDATE steward.account SET ${set.join(', ')}, revision = revision + 1, updated_at = ${bind(at)}
       WHERE id = ${bind(accountId)}`,
      parameters,
    );
  }

  async savePulse(
    tx: Tx,
    pulse: Pick<StoredPulse, 'day' | 'value' | 'reasons' | 'note'> & {
      accountId: string;
      replaced: StoredPulse | null;
    },
    author: { id: string; name: string },
    at: Date,
  ): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.pulse (account_id, day, value, reasons, note, author_user_id, author_text, replaced,
         observed_at, received_at)
       VALUES ($1, $2::date, $3, $4::text[], $5, $6, $7, $8::jsonb, $9, $9)
       ON CONFLICT (account_id, day) DO UPDATE SET value = EXCLUDED.value, reasons = EXCLUDED.reasons, note = EXCLUDED.note,
         author_user_id = EXCLUDED.author_user_id, author_text = EXCLUDED.author_text, replaced = EXCLUDED.replaced,
         observed_at = EXCLUDED.observed_at, received_at = EXCLUDED.received_at`,
      [
        ...[pulse.accountId, pulse.day, pulse.value, pulse.reasons, pulse.note, author.id, author.name],
        ...[pulse.replaced === null ? null : JSON.stringify(pulse.replaced), at],
      ],
    );
  }

  /** The pulse of the day that a person set at an instant, with what it replaced. Null: another stands, or none. */
  async pulseSet(
    tx: Tx,
    { accountId, day, authorId, setAt }: { accountId: string; day: IsoDay; authorId: string; setAt: string },
  ): Promise<{ value: number; replaced: StoredPulse | null } | null> {
    const [row] = await open(tx).query<{ value: number; replaced: StoredPulse | null }>(
      `SELECT value, replaced FROM steward.pulse
       WHERE account_id = $1 AND day = $2::date AND author_user_id = $3 AND observed_at = $4::timestamptz FOR UPDATE`,
      [accountId, day, authorId, setAt],
    );
    return row ?? null;
  }

  /**
   * Ends what was set by hand with the day before; one that began on the day itself never held. Tells what there was. A
   * lock that a change of status overrode on an earlier day is over already; one of today's could still be taken back.
   */
  async endByHand(tx: Tx, what: 'tier' | 'stage', accountId: string, day: IsoDay): Promise<string | null> {
    const { table, isOver } =
      what === 'tier'
        ? { table: 'tier_override', isOver: 'FALSE' }
        : { table: 'stage_lock', isOver: 'coalesce(overridden_on < $2::date, FALSE)' };
    const rows = await open(tx).query<{ was: string }>(
      `WITH ended AS (
         UPDATE steward.${table} SET until_day = $2::date - 1
         WHERE account_id = $1 AND from_day <= $2::date AND (until_day IS NULL OR until_day >= $2::date) AND NOT ${isOver}
         RETURNING ${what} AS was, from_day, created_at)
       SELECT was FROM ended ORDER BY from_day DESC, created_at DESC LIMIT 1`,
      [accountId, day],
    );
    return rows[0]?.was ?? null;
  }

  async setTier(tx: Tx, { accountId, personId, reason, day, at }: ByHand, tier: string, untilDay: IsoDay | null) {
    await open(tx).query(
      `INSERT INTO steward.tier_override (account_id, id, tier, reason, from_day, until_day, by_user_id, created_at)
       VALUES ($1, $2, $3, $4, $5::date, $6::date, $7, $8)`,
      [accountId, v7(), tier, reason, day, untilDay, personId, at],
    );
  }

  async setStage(tx: Tx, { accountId, personId, reason, day, at }: ByHand, stage: string) {
    await open(tx).query(
      `INSERT INTO steward.stage_lock (account_id, id, stage, reason, from_day, until_day, by_user_id, created_at)
       VALUES ($1, $2, $3, $4, $5::date, NULL, $6, $7)`,
      [accountId, v7(), stage, reason, day, personId, at],
    );
  }
}

/** An owner stands in the history as id and name, as deliveries have it. */
function versionOf(field: EditedField, value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (field !== 'csmUserId' && field !== 'amUserId') return value;
  return value === null ? null : { userId: value, text: names.get(String(value)) ?? '' };
}
