import { Injectable } from '@nestjs/common';
import type { Subscription } from '@steward/shared/subscriptions';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { SubscriptionFields } from '../../domain/deals/subscription-change.js';

export interface StoredSubscription extends SubscriptionFields {
  id: string;
  keptByHand: boolean;
  revision: number;
  observedAt: Date;
  receivedAt: Date;
}

const MOST_SHOWN = 500;

@Injectable()
export class SubscriptionsRepository {
  /** The latest start first. */
  ofAccount(tx: Tx, accountId: string, today: string): Promise<Subscription[]> {
    return open(tx).query<Subscription>(
      `SELECT id, plan, quantity, seat_based AS "seatBased", mrr_minor AS "mrrMinor", currency, starts_on AS start,
         ends_on AS end, term_months AS "termMonths", auto_renew AS "autoRenew",
         starts_on <= $2::date AND (ends_on IS NULL OR ends_on >= $2::date) AS active, kept_by_hand AS "keptByHand", revision
       FROM steward.subscription WHERE account_id = $1 ORDER BY starts_on DESC, id LIMIT ${MOST_SHOWN}`,
      [accountId, today],
    );
  }

  /** Held until the end of the transaction. Null: the account has none of this id. */
  async held(tx: Tx, accountId: string, id: string): Promise<StoredSubscription | null> {
    const [row] = await open(tx).query<StoredSubscription>(
      `SELECT id, plan, quantity, seat_based AS "seatBased", mrr_minor AS "mrrMinor", currency,
         ${dayNumber('starts_on')} AS start, ${dayNumber('ends_on')} AS end, term_months AS "termMonths",
         coalesce(auto_renew, false) AS "autoRenew", kept_by_hand AS "keptByHand", revision,
         observed_at AS "observedAt", received_at AS "receivedAt"
       FROM steward.subscription WHERE account_id = $1 AND id = $2 FOR UPDATE`,
      [accountId, id],
    );
    return row ?? null;
  }

  async count(tx: Tx, accountId: string): Promise<number> {
    const [row] = await open(tx).query<{ n: number }>(
      'SELECT count(*)::int AS n FROM steward.subscription WHERE account_id = $1',
      [accountId],
    );
    return row?.n ?? 0;
  }

  async markByHand(tx: Tx, accountId: string, id: string, revision: number): Promise<void> {
    await open(tx).query(
      'UPDATE steward.subscription SET kept_by_hand = true, revision = $3 WHERE account_id = $1 AND id = $2',
      [accountId, id, revision],
    );
  }

  /** With it go the renewals that it made: the next run tells them anew. */
  async remove(tx: Tx, accountId: string, id: string): Promise<void> {
    await open(tx).query('DELETE FROM steward.subscription WHERE account_id = $1 AND id = $2', [accountId, id]);
    await open(tx).query('DELETE FROM steward.renewal_check WHERE account_id = $1', [accountId]);
  }

  async externalIdOf(tx: Tx, accountId: string): Promise<string> {
    const [row] = await open(tx).query<{ externalId: string }>(
      'SELECT external_id AS "externalId" FROM steward.account WHERE id = $1',
      [accountId],
    );
    if (row === undefined) throw new Error(`The account ${accountId} is held and not there.`);
    return row.externalId;
  }
}
