import { Injectable } from '@nestjs/common';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface AccountOwners {
  id: string;
  csmUserId: string | null;
  amUserId: string | null;
}

@Injectable()
export class LiveRepository {
  /** Who owns these accounts today. */
  owners(tx: Tx, ids: readonly string[]): Promise<AccountOwners[]> {
    return open(tx).query(
      `SELECT id, csm_user_id AS "csmUserId", am_user_id AS "amUserId" FROM steward.account WHERE id = ANY($1::uuid[])`,
      [ids],
    );
  }
}
