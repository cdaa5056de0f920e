import { Injectable } from '@nestjs/common';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { DeskChoices } from '../../domain/notifications/choices.js';
import type { Choices } from '../../domain/notifications/recipients.js';

export interface StoredChoices {
  kinds: Choices;
  desk: Partial<DeskChoices>;
  digestHour: number;
  revision: number;
}

/** What of it a person chose. */
export interface ChosenRow {
  userId: string;
  kinds: Choices;
  desk: Partial<DeskChoices>;
  digestHour: number;
}

/** What people chose to be told. */
@Injectable()
export class PeopleRepository {
  chosen(tx: Tx): Promise<ChosenRow[]> {
    return open(tx).query(
      `SELECT user_id AS "userId", kinds, coalesce(desk, '{}') AS desk, digest_hour AS "digestHour"
       FROM steward.notification_preference`,
    );
  }

  async choicesOf(tx: Tx, userId: string): Promise<StoredChoices | null> {
    const [row] = await open(tx).query<StoredChoices>(
      `SELECT kinds, coalesce(desk, '{}') AS desk, digest_hour AS "digestHour", revision FROM steward.notification_preference WHERE user_id = $1`,
      [userId],
    );
    return row ?? null;
  }

  /** Writes onto the revision that was read (0: none); false when another change came first. */
  async choose(
    tx: Tx,
    userId: string,
    { kinds, desk, digestHour, revision }: StoredChoices,
    at: Date,
  ): Promise<boolean> {
    const rows = await open(tx).query(
      `INSERT INTO steward.notification_preference AS p (user_id, kinds, digest_hour, revision, updated_at, desk)
       VALUES ($1, $2::jsonb, $3, 1, $5, $6::jsonb)
       ON CONFLICT (user_id) DO UPDATE SET kinds = EXCLUDED.kinds, desk = EXCLUDED.desk, digest_hour = EXCLUDED.digest_hour,
         revision = p.revision + 1, updated_at = EXCLUDED.updated_at
       WHERE p.revision = $4
       RETURNING user_id`,
      [userId, JSON.stringify(kinds), digestHour, revision, at, JSON.stringify(desk)],
    );
    return rows.length > 0;
  }
}
