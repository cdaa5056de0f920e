import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { Rule } from '@steward/shared/rules';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { compileRules } from '../../db/rules/compile-rule.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Day, toDay } from '../../domain/calendar/day.js';
import type { Scope } from '../../platform/auth/scope.js';
import type { StoredDay } from '../../stages/account-explanations.js';
import { type Batch, inBatch } from '../../stages/batch.js';
import type { KnownProfile } from './tried-model.js';

export interface Asked {
  rules: readonly Rule[];
  /** Numbers of the signals whose values are read. */
  signals: readonly number[];
  catalogue: Catalogue;
  scope: Scope;
  day: IsoDay;
}

/** A live account as it stands: lists in SQL's text form. */
export interface LiveRow {
  id: string;
  arrMinor: number | null;
  values: string;
  /** Places of the rules that hold. */
  holding: string;
}

export interface AccountToday extends Omit<StoredDay, 'healthVersionId'> {
  name: string;
  isLive: boolean;
}

const LIVE = `s.status IN ('trial', 'customer')`;

/** Live accounts of today, as health profiles look at them. */
@Injectable()
export class EffectRepository {
  async liveAccounts(tx: Tx): Promise<number> {
    const [row] = await open(tx).query<{ accounts: number }>(
      `SELECT count(*)::int AS accounts FROM steward.account_state s WHERE ${LIVE}`,
    );
    return row?.accounts ?? 0;
  }

  /** Signals and rules of a batch in one statement: the values that profiles measure, and which rules hold. */
  live(tx: Tx, batch: Batch, { rules, signals, catalogue, scope, day }: Asked): Promise<LiveRow[]> {
    const binder = new Binder();
    const context = { kind: 'run', day, stage: 'health', versions: false } as const;
    const compiled = compileRules(rules, { catalogue, binder, context, reader: scope });
    const isWhole = scope.kind === 'all';
    const account =
      compiled.readsAccount || !isWhole
        ? `JOIN steward.account a ON a.id = s.account_id AND ${inBatch(batch, 'a.id', binder.bind)}`
        : '';
    const values = signals.map((number) => `s.signals[${Math.trunc(number)}]`).join(', ');
    return open(tx).query<LiveRow>(
      `SELECT s.account_id AS id, s.arr_minor AS "arrMinor", ARRAY[${values}]::real[]::text AS values,
         (${compiled.sql})::text AS holding
       FROM steward.account_state s ${account}
       WHERE ${inBatch(batch, 's.account_id', binder.bind)} AND ${LIVE} ${isWhole ? '' : `AND ${scopePredicate(scope, binder.bind)}`}`,
      binder.values,
    );
  }

  async named(
    tx: Tx,
    scope: Scope,
    ids: readonly string[],
  ): Promise<Map<string, { name: string; tier: string | null }>> {
    const { bind, values } = new Binder();
    const list = `${bind([...ids])}::uuid[]`;
    const rows = await open(tx).query<{ id: string; name: string; tier: string | null }>(
      `SELECT a.id, a.name, s.tier FROM steward.account a JOIN steward.account_state s ON s.account_id = a.id
       WHERE a.id = ANY(${list}) AND s.account_id = ANY(${list}) AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  }

  /** One account with all its values; null: there is none that the reader may see. */
  async account(tx: Tx, scope: Scope, id: string): Promise<AccountToday | null> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<Omit<AccountToday, 'day'> & { day: IsoDay }>(
      `SELECT s.account_id AS "accountId", a.name, ${LIVE} AS "isLive", s.as_of AS day, s.signals,
         s.null_reasons AS "nullReasons", s.caps, s.score, s.closed_tier AS "tierBefore"
       FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id
       WHERE s.account_id = ${bind(id)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    return row ? { ...row, day: toDay(row.day) as Day } : null;
  }

  /** A profile, in use or not. */
  async profile(tx: Tx, id: string): Promise<KnownProfile | null> {
    const [row] = await open(tx).query<KnownProfile>(
      `SELECT name, is_default AS "isDefault" FROM steward.health_profile WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }
}
