import { Injectable } from '@nestjs/common';
import { Binder } from '../../db/rules/binder.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { type Batch, inBatch } from '../batch.js';
import type { SignalColumns } from './signal-columns.js';
import { type Column, listsOf, parametersOf } from './written-columns.js';

const TERMS: readonly Column<SignalColumns>[] = [
  ['account_id', 'uuid', 'accountId'],
  ['arr_minor', 'bigint', 'arrMinor'],
  ['renewal_date', 'date', 'renewalDate'],
];

const SET = 'SET arr_minor = EXCLUDED.arr_minor, renewal_date = EXCLUDED.renewal_date';

/**
 * What of `account_state` changes with the contract alone, kept once more in rows that no other change touches. A run
 * writes every state of a new day: to walk an index over them means to look at each row, whether it still stands.
 * Whoever writes these columns of a state writes the terms in the same transaction.
 */
@Injectable()
export class TermsRepository {
  /** Of states that are new or had other terms. */
  async keep(tx: Tx, changed: readonly SignalColumns[]): Promise<void> {
    if (changed.length === 0) return;
    await open(tx).prepared(
      `INSERT INTO steward.account_terms (account_id, arr_minor, renewal_date)
       SELECT * FROM unnest(${parametersOf(TERMS, 1).join(', ')}) AS u (${TERMS.map(([name]) => name).join(', ')})
       ORDER BY u.account_id ON CONFLICT (account_id) DO UPDATE ${SET}`,
      listsOf(TERMS, changed),
    );
  }

  /** As the states of the batch stand. */
  async keepOfBatch(tx: Tx, batch: Batch): Promise<void> {
    const { bind, values } = new Binder();
    await open(tx).prepared(
      `INSERT INTO steward.account_terms AS t (account_id, arr_minor, renewal_date)
       SELECT s.account_id, s.arr_minor, s.renewal_date FROM steward.account_state s
       WHERE ${inBatch(batch, 's.account_id', bind)} ORDER BY s.account_id
       ON CONFLICT (account_id) DO UPDATE ${SET}
       WHERE (t.arr_minor, t.renewal_date) IS DISTINCT FROM (EXCLUDED.arr_minor, EXCLUDED.renewal_date)`,
      values,
    );
  }
}
