import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { daysArray, uuidArray } from '../../db/binary-arrays.js';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { alsoInBatch, type Batch, type Bind, inBatch } from '../batch.js';
import type { Settled, SettlingRules, UnsettledAccount } from './settled-contacts.js';

interface Row {
  id: string;
  through: number | null;
  is_behind: boolean;
  basis: string;
  is_noted: boolean;
}

/** Against which rules accounts were held, and through which day the members among their contacts are settled by it. */
@Injectable()
export class SegmentEvaluationsRepository {
  /**
   * Of the batch, the accounts that were not held against a rule version yet, and those whose contacts have to be held
   * against the rules; null: nothing ever settles. `arrived`: something about them has arrived, so nothing is settled.
   */
  async unsettled(
    tx: Tx,
    batch: Batch,
    version: number,
    { day, rules, arrived }: { day: IsoDay; rules: SettlingRules | null; arrived: readonly string[] },
  ): Promise<Map<string, UnsettledAccount>> {
    const { bind, values } = new Binder();
    const isBehind = `coalesce(e.through_version < ${bind(version)}::int, TRUE)`;
    const settling = rules === null ? null : settlingSql(rules, day, arrived, bind);
    const rows = await open(tx).prepared<Row>(
      `SELECT s.account_id AS id, e.through_version AS through, ${isBehind} AS is_behind,
         ${settling?.basis ?? '0'}::text AS basis, ${settling?.isNoted ?? 'FALSE'} AS is_noted
       FROM steward.account_state s
         LEFT JOIN steward.segment_evaluation e ON e.account_id = s.account_id ${alsoInBatch(batch, 'e.account_id', bind)}
       WHERE ${inBatch(batch, 's.account_id', bind)} AND (${isBehind} ${settling === null ? '' : `OR NOT ${settling.isSettled}`})`,
      values,
    );
    return new Map(
      rows.map(({ id, through, is_behind, basis, is_noted }) => [
        id,
        { through, isBehind: is_behind, basis, isNoted: is_noted },
      ]),
    );
  }

  /** Remembers up to which rule version these accounts have been evaluated, and of which of them the contacts are settled. */
  async note(tx: Tx, accountIds: readonly string[], version: number, settled: readonly Settled[] = []): Promise<void> {
    if (accountIds.length === 0) return;
    const ids = [...accountIds].sort();
    const of = new Map(settled.map((each) => [each.accountId, each]));
    const rows = ids.map((id) => of.get(id) ?? null);
    await open(tx).prepared(
      `INSERT INTO steward.segment_evaluation
         (account_id, through_version, contacts_basis, contacts_from, contacts_through)
       SELECT u.id, $2::int, u.basis, u.first, u.last
       FROM unnest($1::uuid[], $3::bigint[], $4::date[], $5::date[]) AS u (id, basis, first, last) ORDER BY id
       ON CONFLICT (account_id) DO UPDATE SET through_version = EXCLUDED.through_version,
         contacts_basis = EXCLUDED.contacts_basis, contacts_from = EXCLUDED.contacts_from,
         contacts_through = EXCLUDED.contacts_through`,
      [
        uuidArray(ids),
        version,
        rows.map((row) => row?.basis ?? null),
        daysArray(rows.map((row) => row?.from ?? null)),
        daysArray(rows.map((row) => row?.through ?? null)),
      ],
    );
  }

  /** Nothing is settled any more: there are no rules that could say so. */
  async unsettle(tx: Tx, batch: Batch): Promise<void> {
    const { bind, values } = new Binder();
    await open(tx).prepared(
      `UPDATE steward.segment_evaluation e SET contacts_basis = NULL, contacts_from = NULL, contacts_through = NULL
       WHERE ${inBatch(batch, 'e.account_id', bind)} AND e.contacts_through IS NOT NULL`,
      values,
    );
  }
}

function settlingSql(
  { accountValues, basis: rests }: SettlingRules,
  day: IsoDay,
  arrived: readonly string[],
  bind: Bind,
) {
  const asOf = `${bind(day)}::date`;
  const basis = `hashtextextended(${oneText(accountValues)}, ${bind(rests)}::bigint)`;
  const isOfDay = `e.contacts_from <= ${asOf} AND e.contacts_through >= ${asOf} AND e.contacts_basis = ${basis}`;
  return {
    basis,
    isNoted: `coalesce(e.contacts_through >= ${asOf}, FALSE)`,
    isSettled: `(s.account_id <> ALL(${bind(uuidArray(arrived))}::uuid[]) AND coalesce(${isOfDay}, FALSE))`,
  };
}

/** A row made a text takes 3 µs, one value alone, as it mostly is, a thirtieth of that. */
function oneText(values: readonly string[]): string {
  return values.length === 1 ? `coalesce('=' || (${values[0]})::text, '')` : `ROW(${values.join(', ')})::text`;
}
