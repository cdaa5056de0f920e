import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface NextStepToSet {
  accountId: string;
  text: string;
  day: IsoDay | null;
  ownerUserId: string | null;
  byUserId: string;
  at: Date;
}

/** The account’s one next step, as a touch sets it; the rest of the plan stays. */
@Injectable()
export class NextSteps {
  async set(tx: Tx, { accountId, text, day, ownerUserId, byUserId, at }: NextStepToSet): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.account_plan AS p (account_id, note, note_mentions, objectives, links, next_step, next_step_day,
         next_step_user_id, revision, updated_by, updated_at)
       VALUES ($1, NULL, '{}', '[]', '[]', $2, $3::date, $4, 1, $5, $6)
       ON CONFLICT (account_id) DO UPDATE SET next_step = EXCLUDED.next_step, next_step_day = EXCLUDED.next_step_day,
         next_step_user_id = EXCLUDED.next_step_user_id, revision = p.revision + 1, updated_by = EXCLUDED.updated_by,
         updated_at = EXCLUDED.updated_at`,
      [accountId, text, day, ownerUserId, byUserId, at],
    );
  }
}
