import { Injectable } from '@nestjs/common';
import { plainArray } from '../../db/array-literals.js';
import { uuidArray } from '../../db/binary-arrays.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { HEALTH_CHANGE_SIGNAL } from '../../domain/signals/built-in.js';
import type { StateTable } from '../day-run.js';
import { type HealthColumns, healthChangeReason } from '../state/health-columns.js';
import { HEALTH_COLUMNS, listsOf, parametersOf, writtenOf } from '../state/written-columns.js';

export interface HealthOfAccount extends HealthColumns {
  accountId: string;
}

const COLUMNS = writtenOf(HEALTH_COLUMNS);
/** After the moment, the accounts and the reasons why the change has no value. */
const LISTS = parametersOf(HEALTH_COLUMNS, 4);

@Injectable()
export class HealthRepository {
  async write(tx: Tx, table: StateTable, rows: readonly HealthOfAccount[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    await open(tx).prepared(
      `UPDATE steward.${table} s SET ${COLUMNS.map(({ name, value }) => `${name} = ${value}`).join(', ')},
         signals[${HEALTH_CHANGE_SIGNAL}] = u.health_change, null_reasons[${HEALTH_CHANGE_SIGNAL}] = u.reason, updated_at = $1
       FROM unnest($2::uuid[], $3::smallint[], ${LISTS.join(', ')})
         AS u (account_id, reason, ${COLUMNS.map(({ name }) => name).join(', ')})
       WHERE s.account_id = u.account_id AND s.account_id = ANY($2::uuid[])`,
      [
        at,
        uuidArray(rows.map(({ accountId }) => accountId)),
        plainArray(rows.map(healthChangeReason)),
        ...listsOf(HEALTH_COLUMNS, rows),
      ],
    );
  }
}
