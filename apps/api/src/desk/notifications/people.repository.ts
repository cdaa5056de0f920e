import { Injectable } from '@nestjs/common';
import type { IsoDay, Role } from '@steward/shared/common';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Choices } from '../../domain/notifications/recipients.js';

export interface StoredChoices {
  kinds: Choices;
  digestHour: number;
  revision: number;
}

export interface PersonRow {
  id: string;
  role: Role;
  managerId: string | null;
  active: boolean;
  /** Null: nothing was chosen. */
  kinds: Choices | null;
  digestHour: number | null;
}

/** Who there is to be told, and what each of them chose. */
@Injectable()
export class PeopleRepository {
  all(tx: Tx): Promise<PersonRow[]> {
    return open(tx).query(
      `SELECT u.id, u.role, u.manager_id AS "managerId", u.active, p.kinds, p.digest_hour AS "digestHour"
       FROM steward.app_user u LEFT JOIN steward.notification_preference p ON p.user_id = u.id ORDER BY u.id`,
    );
  }

  standInsOn(tx: Tx, day: IsoDay): Promise<{ userId: string; standInId: string }[]> {
    return open(tx).query(
      `SELECT DISTINCT user_id AS "userId", stand_in_id AS "standInId" FROM steward.stand_in
       WHERE $1::date BETWEEN from_day AND to_day`,
      [day],
    );
  }

  async choicesOf(tx: Tx, userId: string): Promise<StoredChoices | null> {
    const [row] = await open(tx).query<StoredChoices>(
      `SELECT kinds, digest_hour AS "digestHour", revision FROM steward.notification_preference WHERE user_id = $1`,
      [userId],
    );
    return row ?? null;
  }

  /** Writes onto the revision that was read (0: none); false when another change came first. */
  async choose(tx: Tx, userId: string, { kinds, digestHour, revision }: StoredChoices, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `INSERT INTO steward.notification_preference AS p (user_id, kinds, digest_hour, revision, updated_at)
       VALUES ($1, $2::jsonb, $3, 1, $5)
       ON CONFLICT (user_id) DO UPDATE SET kinds = EXCLUDED.kinds, digest_hour = EXCLUDED.digest_hour,
         revision = p.revision + 1, updated_at = EXCLUDED.updated_at
       WHERE p.revision = $4
       RETURNING user_id`,
      [userId, JSON.stringify(kinds), digestHour, revision, at],
    );
    return rows.length > 0;
  }
}
