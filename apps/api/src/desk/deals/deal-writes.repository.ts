import { Injectable } from '@nestjs/common';
import type { DealEventKind } from '@steward/shared/deals';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { DealFields } from '../../domain/deals/deal.js';

/** A deal as it stands, with what belongs to the row beside its fields. */
export interface StoredDeal extends DealFields {
  id: string;
  keptByHand: boolean;
  revision: number;
  observedAt: Date;
  receivedAt: Date;
}

export interface DealEvent {
  accountId: string;
  dealId: string;
  id: string;
  kind: DealEventKind;
  at: Date;
  day: string;
  byUserId: string;
  before: object | null;
  details: object;
}

const FIELDS = `id, kind, name, stage, amount_minor AS "amountMinor", currency, probability, close_on AS "closeOn",
  owner_user_id AS "ownerUserId", owner_text AS "ownerText", state, ended_on AS "endedOn", reason, opened_on AS "openedOn",
  goal_id AS "goalId", kept_by_hand AS "keptByHand", revision, observed_at AS "observedAt", received_at AS "receivedAt"`;

@Injectable()
export class DealWritesRepository {
  /** Held until the end of the transaction. Null: the account has none of this id. */
  async held(tx: Tx, accountId: string, id: string): Promise<StoredDeal | null> {
    const [row] = await open(tx).query<StoredDeal>(
      `SELECT ${FIELDS} FROM steward.deal WHERE account_id = $1 AND id = $2 FOR UPDATE`,
      [accountId, id],
    );
    return row ?? null;
  }

  async count(tx: Tx, accountId: string): Promise<number> {
    const [row] = await open(tx).query<{ n: number }>(
      'SELECT count(*)::int AS n FROM steward.deal WHERE account_id = $1',
      [accountId],
    );
    return row?.n ?? 0;
  }

  /** What the store of facts does not know about. */
  async setOwn(
    tx: Tx,
    accountId: string,
    id: string,
    own: { goalId: string | null; keptByHand: boolean; revision: number },
  ): Promise<void> {
    await open(tx).query(
      `UPDATE steward.deal SET goal_id = $3, kept_by_hand = $4, revision = $5 WHERE account_id = $1 AND id = $2`,
      [accountId, id, own.goalId, own.keptByHand, own.revision],
    );
  }

  async remove(tx: Tx, accountId: string, id: string): Promise<void> {
    await open(tx).query('DELETE FROM steward.deal WHERE account_id = $1 AND id = $2', [accountId, id]);
  }

  async addEvent(tx: Tx, event: DealEvent): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.deal_event (account_id, id, deal_id, kind, at, day, by_user_id, before, details)
       VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8::jsonb, $9::jsonb)`,
      [
        event.accountId,
        event.id,
        event.dealId,
        event.kind,
        event.at,
        event.day,
        event.byUserId,
        event.before === null ? null : JSON.stringify(event.before),
        JSON.stringify(event.details),
      ],
    );
  }

  /** The whole of what an event keeps. */
  async event<Before, Details>(tx: Tx, accountId: string, id: string): Promise<{ before: Before; details: Details }> {
    const [row] = await open(tx).query<{ before: Before; details: Details }>(
      'SELECT before, details FROM steward.deal_event WHERE account_id = $1 AND id = $2',
      [accountId, id],
    );
    if (!row) throw new Error(`The event ${id} is gone.`);
    return row;
  }

  async hasGoal(tx: Tx, accountId: string, goalId: string): Promise<boolean> {
    const rows = await open(tx).query('SELECT 1 FROM steward.goal WHERE account_id = $1 AND id = $2', [
      accountId,
      goalId,
    ]);
    return rows.length > 0;
  }

  async emailOf(tx: Tx, userId: string): Promise<string | null> {
    const [row] = await open(tx).query<{ email: string }>('SELECT email FROM steward.app_user WHERE id = $1', [userId]);
    return row?.email ?? null;
  }
}
