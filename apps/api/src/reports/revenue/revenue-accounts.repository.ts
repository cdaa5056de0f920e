import { Injectable } from '@nestjs/common';
import type { Movement } from '@steward/shared/ledger';
import type { RevenueDimension, RevenuePart } from '@steward/shared/revenue-report';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Month } from '../../domain/calendar/day.js';
import { monthSql } from '../base/account-months.repository.js';
import { accountRows, conditionsOf } from '../base/month-sums.repository.js';
import type { ReportPage } from '../base/report-pages.service.js';

export interface RevenueAccountRow {
  accountId: string;
  name: string;
  externalId: string;
  tier: string | null;
  csm: string | null;
  startMinor: number;
  endMinor: number;
  movement: Movement | null;
}

export interface AskedAccounts {
  month: Month;
  span: 'month' | 'year';
  part: RevenuePart;
  /** Only those that stand under this; null: all. */
  group: { by: RevenueDimension; key: string | null } | null;
  offset: number;
  limit: number;
}

export interface FoundAccounts {
  accounts: number;
  startMinor: number;
  endMinor: number;
  rows: RevenueAccountRow[];
}

export const ENDS = {
  month: { start: 'm.start_minor', end: 'm.end_minor' },
  year: { start: 'm.year_start_minor', end: 'm.year_end_minor' },
} as const;

/** What `isInPart` says of an account, over a row `m`. */
export function partSql(part: RevenuePart, { start, end }: { start: string; end: string }): string {
  switch (part) {
    case 'start':
      return `${start} > 0`;
    case 'lost':
      return `${start} > 0 AND ${end} = 0`;
    case 'shrunk':
      return `${start} > 0 AND ${end} < ${start} AND ${end} <> 0`;
    case 'same':
      return `${start} > 0 AND ${end} = ${start}`;
    case 'grown':
      return `${start} > 0 AND ${end} > ${start}`;
    case 'end':
      return `${end} > 0`;
    default:
      return `m.movement = '${part}'`;
  }
}

/** The accounts behind figures of revenue of a month or of the 12 that end with it. */
@Injectable()
export class RevenueAccountsRepository {
  async find(tx: Tx, page: ReportPage, asked: AskedAccounts): Promise<FoundAccounts> {
    const binder = new Binder();
    const { bind } = binder;
    const by = asked.group?.by ?? 'whole';
    const { key, from, tier } = accountRows(page, asked.span, by, binder);
    const { start, end } = ENDS[asked.span];
    const owner = page.filters.ownerMode === 'now' ? 'o.csm_user_id' : 'm.csm_user_id';
    const ofGroup =
      asked.group === null || by === 'whole' ? 'TRUE' : `${key} IS NOT DISTINCT FROM ${bind(asked.group.key)}`;
    const [total] = await open(tx).query<Omit<FoundAccounts, 'rows'> & { rows: RevenueAccountRow[] | null }>(
      `WITH found AS MATERIALIZED (
         SELECT o.id AS "accountId", o.name, o.external_id AS "externalId", ${tier} AS tier, u.full_name AS csm,
           ${start} AS "startMinor", ${end} AS "endMinor",
           ${asked.span === 'month' ? 'm.movement' : 'NULL::text'} AS movement
         ${from} JOIN steward.account o ON o.id = m.account_id LEFT JOIN steward.app_user u ON u.id = ${owner}
         WHERE m.month = ${bind(monthSql(asked.month))}::date AND ${partSql(asked.part, { start, end })}
           AND ${ofGroup} AND ${conditionsOf(page, tier, binder)})
       SELECT count(*)::int AS accounts, coalesce(sum("startMinor"), 0)::bigint AS "startMinor",
         coalesce(sum("endMinor"), 0)::bigint AS "endMinor",
         (SELECT jsonb_agg(p) FROM (SELECT * FROM found
            ORDER BY abs("endMinor" - "startMinor") DESC, "startMinor" DESC, "accountId"
            OFFSET ${bind(asked.offset)}::int LIMIT ${bind(asked.limit)}::int) p) AS rows
       FROM found`,
      binder.values,
    );
    return { accounts: 0, startMinor: 0, endMinor: 0, ...total, rows: total?.rows ?? [] };
  }

  names(tx: Tx, by: 'csm' | 'am' | 'segment', ids: readonly string[]): Promise<{ id: string; name: string }[]> {
    const from = by === 'segment' ? 'name FROM steward.segment' : 'full_name AS name FROM steward.app_user';
    return open(tx).query(`SELECT id, ${from} WHERE id = ANY($1::uuid[])`, [ids]);
  }
}
