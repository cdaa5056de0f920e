import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import { v7 as uuidv7 } from 'uuid';
import { open, type Tx } from '../../db/unit-of-work.js';

export interface AccountNews {
  accountId: string;
  kind: 'touched' | 'mentioned' | 'handedOver';
  byUserId: string;
  /** Who is meant; followers are told besides, as they chose. */
  toUserIds: readonly string[];
  text: string;
  subjectId: string | null;
  day: IsoDay;
  at: Date;
}

/** Notes what people did that others may want to be told of: rows that the notifier works off. */
@Injectable()
export class AccountNewsDesk {
  async add(tx: Tx, news: AccountNews): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.account_news (account_id, id, kind, at, day, by_user_id, to_user_ids, text, subject_id, told_at)
       VALUES ($1, $2, $3, $4, $5::date, $6, $7::uuid[], $8, $9, NULL)`,
      [
        news.accountId,
        uuidv7(),
        news.kind,
        news.at,
        news.day,
        news.byUserId,
        news.toUserIds,
        news.text,
        news.subjectId,
      ],
    );
  }
}
