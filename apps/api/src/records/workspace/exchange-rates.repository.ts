import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { ExchangeRate, MissingRate } from '@steward/shared/exchange-rates';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

const COLUMNS = `currency, from_day AS "fromDay", rate`;

/** Where facts hold amounts in a currency of their own, each with the column that says which account's. */
const AMOUNTS = [
  { table: 'account', account: 'id', amount: 'arr_minor' },
  { table: 'subscription', account: 'account_id', amount: 'mrr_minor' },
  { table: 'invoice', account: 'account_id', amount: 'amount_minor' },
  { table: 'deal', account: 'account_id', amount: 'amount_minor' },
];

@Injectable()
export class ExchangeRatesRepository {
  /** By currency, the latest first. */
  all(tx: Tx): Promise<ExchangeRate[]> {
    return open(tx).query(`SELECT ${COLUMNS} FROM steward.exchange_rate ORDER BY currency, from_day DESC`);
  }

  async some(tx: Tx): Promise<boolean> {
    return (await open(tx).query('SELECT 1 FROM steward.exchange_rate LIMIT 1')).length > 0;
  }

  /** Locked until the transaction ends. */
  async find(tx: Tx, currency: string, fromDay: IsoDay): Promise<ExchangeRate | null> {
    const rows = await open(tx).query<ExchangeRate>(
      `SELECT ${COLUMNS} FROM steward.exchange_rate WHERE currency = $1 AND from_day = $2::date FOR UPDATE`,
      [currency, fromDay],
    );
    return rows[0] ?? null;
  }

  async set(tx: Tx, { currency, fromDay, rate }: ExchangeRate): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.exchange_rate (currency, from_day, rate) VALUES ($1, $2::date, $3)
       ON CONFLICT (currency, from_day) DO UPDATE SET rate = EXCLUDED.rate`,
      [currency, fromDay, rate],
    );
  }

  async remove(tx: Tx, currency: string, fromDay: IsoDay): Promise<void> {
    await open(tx).query(`DELETE FROM steward.exchange_rate WHERE currency = $1 AND from_day = $2::date`, [
      currency,
      fromDay,
    ]);
  }

  /** Currencies of amounts that have no rate, with the number of accounts that have any; the most first. */
  missing(tx: Tx, scope: Scope, workspaceCurrency: string): Promise<MissingRate[]> {
    const { bind, values } = new Binder();
    const own = bind(workspaceCurrency);
    const amounts = AMOUNTS.map(
      ({ table, account, amount }) => `SELECT ${account} AS account_id, currency FROM steward.${table}
        WHERE currency <> ${own} AND ${amount} IS NOT NULL
          AND currency NOT IN (SELECT r.currency FROM steward.exchange_rate r)`,
    );
    return open(tx).query(
      `SELECT f.currency, count(*)::int AS accounts FROM (${amounts.join(' UNION ')}) f
         JOIN steward.account a ON a.id = f.account_id
       WHERE ${scopePredicate(scope, bind)}
       GROUP BY f.currency ORDER BY accounts DESC, f.currency`,
      values,
    );
  }
}
