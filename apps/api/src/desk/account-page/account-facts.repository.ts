import { Injectable } from '@nestjs/common';
import type { FactList, FactPage } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { FACT_LIST_SQL } from './fact-lists.js';

export interface FactQuestion {
  accountId: string;
  list: FactList;
  day: IsoDay;
  timeZone: string;
  offset: number;
  limit: number;
}

@Injectable()
export class AccountFactsRepository {
  /** A page of facts known by the day, newest first. The caller has made sure that the reader may see the account. */
  async page(tx: Tx, { accountId, list, day, timeZone, offset, limit }: FactQuestion): Promise<FactPage> {
    const { columns, select, from, known, order } = FACT_LIST_SQL[list];
    const { query } = open(tx);
    const statement = (build: (on: string, where: string, bind: Binder['bind']) => string) => {
      const { bind, values } = new Binder();
      const account = `f.account_id = ${bind(accountId)}::uuid`;
      const on = `${bind(day)}::date`;
      const zone = list === 'events' ? `${bind(timeZone)}::text` : '';
      return { sql: build(on, `${account} AND ${known(on, zone)}`, bind), values };
    };
    const rows = statement((on, where, bind) => {
      const selected = Object.entries(select(on)).map(([key, sql]) => `${sql} AS "${key}"`);
      return `SELECT ${selected.join(', ')} FROM ${from} WHERE ${where} ORDER BY ${order}
        LIMIT ${bind(limit)}::int OFFSET ${bind(offset)}::int`;
    });
    const total = statement((_on, where) => `SELECT count(*)::int AS total FROM ${from} WHERE ${where}`);
    const [counted] = await query<{ total: number }>(total.sql, total.values);
    return { columns: [...columns], rows: await query(rows.sql, rows.values), total: counted?.total ?? 0 };
  }
}
