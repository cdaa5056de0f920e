import { Injectable } from '@nestjs/common';
import type { AccountStatus } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

/** The account’s own fields that leaving and churn change. */
export interface LeavingFields {
  status: AccountStatus;
  noticeGivenOn: string | null;
  leavesOn: string | null;
  churnedOn: string | null;
  churnReason: string | null;
}

export interface LeavingAccount extends LeavingFields {
  externalId: string;
  customerSince: string | null;
}

export type NoticeBefore = Pick<LeavingFields, 'noticeGivenOn' | 'leavesOn'>;
export type ChurnBefore = Pick<LeavingFields, 'status' | 'churnedOn' | 'churnReason'>;

export interface Notice {
  id: string;
  reasonKey: string | null;
  note: string | null;
  before: NoticeBefore;
  by: string | null;
  at: Date;
}

export interface Churn {
  id: string;
  churnedOn: string;
  reason: { key: string; label: string; canInfluence: boolean };
  competitor: string | null;
  arrLostMinor: number | null;
  note: string | null;
  before: ChurnBefore;
  by: string | null;
  at: Date;
}

interface ByWhom {
  accountId: string;
  id: string;
  byUserId: string;
  at: Date;
}

@Injectable()
export class LeavingRepository {
  /** Null: not there for this reader. */
  async account(tx: Tx, scope: Scope, accountId: string): Promise<LeavingAccount | null> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<LeavingAccount>(
      `SELECT a.external_id AS "externalId", a.status, a.notice_given_on AS "noticeGivenOn", a.leaves_on AS "leavesOn",
         a.churned_on AS "churnedOn", a.churn_reason AS "churnReason", a.customer_since AS "customerSince"
       FROM steward.account a WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return row ?? null;
  }

  /** The newest that stands. */
  async notice(tx: Tx, accountId: string): Promise<Notice | null> {
    const [row] = await open(tx).query<Notice>(
      `SELECT l.id, l.reason_key AS "reasonKey", l.note, l.before, u.full_name AS by, l.at
       FROM steward.leaving l LEFT JOIN steward.app_user u ON u.id = l.by_user_id
       WHERE l.account_id = $1 AND l.taken_back_at IS NULL ORDER BY l.id DESC LIMIT 1`,
      [accountId],
    );
    return row ?? null;
  }

  async addNotice(
    tx: Tx,
    { accountId, id, byUserId, at }: ByWhom,
    said: NoticeBefore & { reasonKey: string | null; note: string | null; before: NoticeBefore },
  ): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.leaving (account_id, id, notice_given_on, leaves_on, reason_key, note, before, by_user_id, at)
       VALUES ($1, $2, $3::date, $4::date, $5, $6, $7::jsonb, $8, $9)`,
      [
        accountId,
        id,
        said.noticeGivenOn,
        said.leavesOn,
        said.reasonKey,
        said.note,
        JSON.stringify(said.before),
        byUserId,
        at,
      ],
    );
  }

  /** All that stand: the newest had taken the place of the others. */
  async takeNoticesBack(tx: Tx, accountId: string, byUserId: string, at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.leaving SET taken_back_by = $2, taken_back_at = $3 WHERE account_id = $1 AND taken_back_at IS NULL`,
      [accountId, byUserId, at],
    );
  }

  async churn(tx: Tx, accountId: string): Promise<Churn | null> {
    const [row] = await open(tx).query<Churn>(
      `SELECT c.id, c.churned_on AS "churnedOn",
         jsonb_build_object('key', c.reason_key, 'label', c.reason_label, 'canInfluence', c.can_influence) AS reason,
         c.competitor, c.arr_lost_minor AS "arrLostMinor", c.note, c.before, u.full_name AS by, c.at
       FROM steward.churn_record c LEFT JOIN steward.app_user u ON u.id = c.by_user_id
       WHERE c.account_id = $1 AND c.undone_at IS NULL ORDER BY c.id DESC LIMIT 1`,
      [accountId],
    );
    return row ?? null;
  }

  async addChurn(
    tx: Tx,
    { accountId, id, byUserId, at }: ByWhom,
    said: Pick<Churn, 'churnedOn' | 'reason' | 'competitor' | 'arrLostMinor' | 'note' | 'before'>,
  ): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.churn_record (account_id, id, churned_on, reason_key, reason_label, can_influence, competitor,
         arr_lost_minor, note, before, by_user_id, at)
       VALUES ($1, $2, $3::date, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12)`,
      [
        accountId,
        id,
        said.churnedOn,
        said.reason.key,
        said.reason.label,
        said.reason.canInfluence,
        said.competitor,
        said.arrLostMinor,
        said.note,
        JSON.stringify(said.before),
        byUserId,
        at,
      ],
    );
  }

  async undoChurn(tx: Tx, accountId: string, id: string, byUserId: string, at: Date): Promise<void> {
    await open(tx).query(
      'UPDATE steward.churn_record SET undone_by = $3, undone_at = $4 WHERE account_id = $1 AND id = $2',
      [accountId, id, byUserId, at],
    );
  }

  /** ARR at the close of the day before; where no snapshot tells it, that of now. */
  async arrBefore(tx: Tx, accountId: string, day: string): Promise<number | null> {
    const [row] = await open(tx).query<{ arrMinor: number | null }>(
      `SELECT coalesce(
         (SELECT arr_minor FROM steward.account_snapshot WHERE account_id = $1 AND day = $2::date - 1),
         (SELECT arr_minor FROM steward.account_state WHERE account_id = $1)) AS "arrMinor"`,
      [accountId, day],
    );
    return row?.arrMinor ?? null;
  }
}
