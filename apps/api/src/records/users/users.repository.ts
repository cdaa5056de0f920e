import { Injectable } from '@nestjs/common';
import type { StandIn } from '@steward/shared/access';
import type { IsoDay, Role } from '@steward/shared/common';
import { LOCKS } from '../../db/advisory-locks.js';
import { announce } from '../../db/live-channel.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Managers } from '../../domain/people/management.js';

export interface StoredUser {
  id: string;
  email: string;
  fullName: string;
  role: Role;
  managerId: string | null;
  active: boolean;
  revision: number;
  createdAt: Date;
}

export interface UserToStore extends Omit<StoredUser, 'createdAt' | 'revision'> {
  passwordHash: string | null;
}

/** What can change of a user; undefined stays as it is. */
export interface UserChange {
  fullName?: string | undefined;
  role?: Role | undefined;
  managerId?: string | null | undefined;
  active?: boolean | undefined;
  passwordHash?: string | undefined;
}

export interface StandInNotice {
  id: string;
  userId: string;
  text: string;
  at: Date;
}

const USER = `id, email, full_name AS "fullName", role, manager_id AS "managerId", active, revision,
  created_at AS "createdAt"`;

@Injectable()
export class UsersRepository {
  /**
   * Changes of people run one after the other, so that "at least one admin", "no circle of managers" and "one user an
   * address" hold whoever changes what at the same moment.
   */
  async oneChangeAtATime(tx: Tx): Promise<void> {
    await open(tx).query(`SELECT pg_advisory_xact_lock(${LOCKS.people}, 0)`);
  }

  async all(tx: Tx): Promise<StoredUser[]> {
    return open(tx).query<StoredUser>(`SELECT ${USER} FROM steward.app_user ORDER BY lower(full_name), id`);
  }

  async byId(tx: Tx, id: string): Promise<StoredUser | null> {
    const [user] = await open(tx).query<StoredUser>(`SELECT ${USER} FROM steward.app_user WHERE id = $1`, [id]);
    return user ?? null;
  }

  async byEmail(tx: Tx, email: string): Promise<StoredUser | null> {
    const [user] = await open(tx).query<StoredUser>(
      `SELECT ${USER} FROM steward.app_user WHERE lower(email) = lower($1)`,
      [email],
    );
    return user ?? null;
  }

  async managers(tx: Tx): Promise<Managers> {
    const rows = await open(tx).query<{ id: string; manager: string | null }>(
      `SELECT id, manager_id AS manager FROM steward.app_user`,
    );
    return new Map(rows.map((row) => [row.id, row.manager]));
  }

  async activeAdminsBeside(tx: Tx, id: string): Promise<number> {
    const [row] = await open(tx).query<{ others: number }>(
      `SELECT count(*) AS others FROM steward.app_user WHERE role = 'admin' AND active AND id <> $1`,
      [id],
    );
    return row?.others ?? 0;
  }

  async add(tx: Tx, user: UserToStore, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.app_user
         (id, email, full_name, role, manager_id, password_hash, active, revision, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8)`,
      [user.id, user.email, user.fullName, user.role, user.managerId, user.passwordHash, user.active, at],
    );
  }

  /** Writes onto the revision that was read; false when another change came first. */
  async update(tx: Tx, id: string, revision: number, change: UserChange, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `UPDATE steward.app_user SET
         full_name = coalesce($3, full_name), role = coalesce($4, role),
         manager_id = CASE WHEN $5 THEN $6::uuid ELSE manager_id END,
         active = coalesce($7, active), password_hash = coalesce($8, password_hash),
         revision = revision + 1, updated_at = $9
       WHERE id = $1 AND revision = $2 RETURNING id`,
      [
        id,
        revision,
        change.fullName ?? null,
        change.role ?? null,
        change.managerId !== undefined,
        change.managerId ?? null,
        change.active ?? null,
        change.passwordHash ?? null,
        at,
      ],
    );
    await announce(tx, { topic: 'access' });
    return rows.length > 0;
  }

  async standInsOf(tx: Tx, userId: string): Promise<StandIn[]> {
    return open(tx).query<StandIn>(
      `SELECT stand_in_id AS "standInId", from_day AS "fromDay", to_day AS "toDay"
       FROM steward.stand_in WHERE user_id = $1 ORDER BY from_day, stand_in_id`,
      [userId],
    );
  }

  async setStandIn(tx: Tx, userId: string, standIn: StandIn): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.stand_in (user_id, stand_in_id, from_day, to_day) VALUES ($1, $2, $3, $4)
       ON CONFLICT (user_id, stand_in_id, from_day) DO UPDATE SET to_day = EXCLUDED.to_day`,
      [userId, standIn.standInId, standIn.fromDay, standIn.toDay],
    );
    await announce(tx, { topic: 'access' });
  }

  async removeStandIn(tx: Tx, userId: string, standInId: string, fromDay: IsoDay): Promise<boolean> {
    const rows = await open(tx).query(
      `DELETE FROM steward.stand_in WHERE user_id = $1 AND stand_in_id = $2 AND from_day = $3 RETURNING user_id`,
      [userId, standInId, fromDay],
    );
    await announce(tx, { topic: 'access' });
    return rows.length > 0;
  }

  /** Tells somebody whose stand-in they are, or are no more. */
  async tellStandIn(tx: Tx, { id, userId, text, at }: StandInNotice): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.notice (id, user_id, news, text, at) VALUES ($1, $2, 'standIn', $3, $4)`,
      [id, userId, text, at],
    );
    await announce(tx, { topic: 'notifications', userIds: [userId] });
  }
}
