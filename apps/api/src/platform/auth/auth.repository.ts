import { Injectable } from '@nestjs/common';
import type { ApiScope, StandsInFor } from '@steward/shared/access';
import type { IsoDay } from '@steward/shared/common';
import { announce } from '../../db/live-channel.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { CurrentUserData } from './principal.js';
import { type Attempts, type Known, WINDOW_MS } from './sign-in-limit.js';

/** A person and the people on whom their scope rests. */
export interface ActivePerson {
  user: CurrentUserData;
  teamIds: string[];
  /** The people whose stand-in they are today. */
  standsInForIds: string[];
  /** The teams of managers among those. */
  standsInTeamIds: string[];
  everyoneSeesAll: boolean;
}

export interface LiveSession extends ActivePerson {
  createdAt: Date;
  lastSeenAt: Date;
}

export interface Credentials {
  id: string;
  active: boolean;
  passwordHash: string | null;
}

export interface StoredKey {
  id: string;
  name: string;
  secretHash: Buffer;
  scopes: ApiScope[];
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

type StoredPerson = Omit<ActivePerson, 'user'> & {
  user_id: string;
  email: string;
  full_name: string;
  role: CurrentUserData['role'];
};

/**
 * Active people of a source ($1 names one, $2 is now) and those on whom their scope rests: `UNION` ends a walk over a
 * circle of managers, and stand-ins count by the workspace's own day.
 */
function withPeople(from: string, where: string, columns = '', kept = ''): string {
  return `
    WITH RECURSIVE me AS (
      SELECT ${kept} u.id, u.email, u.full_name, u.role, coalesce(w.everyone_sees_all, false) AS everyone_sees_all,
        ($2::timestamptz AT TIME ZONE coalesce(w.time_zone, 'UTC'))::date AS today
      FROM ${from} LEFT JOIN steward.workspace w ON w.id = 1 WHERE ${where} AND u.active
    ), stood_in_for AS (
      SELECT DISTINCT u.id, u.role FROM me
      JOIN steward.stand_in i ON i.stand_in_id = me.id AND me.today BETWEEN i.from_day AND i.to_day
      JOIN steward.app_user u ON u.id = i.user_id
    ), team (lead_id, id) AS (
      SELECT lead.id, u.id FROM (SELECT id, role FROM me UNION SELECT id, role FROM stood_in_for) lead
      JOIN steward.app_user u ON u.manager_id = lead.id WHERE lead.role = 'manager'
      UNION
      SELECT team.lead_id, u.id FROM team JOIN steward.app_user u ON u.manager_id = team.id
    )
    SELECT me.id AS user_id, me.email, me.full_name, me.role, ${columns} me.everyone_sees_all AS "everyoneSeesAll",
      ARRAY(SELECT id FROM team WHERE lead_id = me.id) AS "teamIds",
      ARRAY(SELECT id FROM stood_in_for ORDER BY id) AS "standsInForIds",
      ARRAY(SELECT DISTINCT id FROM team WHERE lead_id <> me.id) AS "standsInTeamIds"
    FROM me`;
}

function personOf<Row extends StoredPerson>({ user_id, email, full_name, role, ...rest }: Row) {
  return { ...rest, user: { id: user_id, email, fullName: full_name, role } };
}

/** Credentials, sessions, keys and attempts to sign in. */
@Injectable()
export class AuthRepository {
  /** The session, its person, and the people on whom their scope rests. */
  async liveSession(tx: Tx, tokenHash: Buffer, now: Date): Promise<LiveSession | null> {
    const [row] = await open(tx).query<StoredPerson & Pick<LiveSession, 'createdAt' | 'lastSeenAt'>>(
      withPeople(
        `steward.session s JOIN steward.app_user u ON u.id = s.user_id`,
        `s.token_hash = $1 AND s.expires_at > $2`,
        `me.created_at AS "createdAt", me.last_seen_at AS "lastSeenAt",`,
        `s.created_at, s.last_seen_at,`,
      ),
      [tokenHash, now],
    );
    return row ? personOf(row) : null;
  }

  /** An active person as they are today, whether or not they are signed in: for work that they have ordered. */
  async activePerson(tx: Tx, userId: string, now: Date): Promise<ActivePerson | null> {
    const [row] = await open(tx).query<StoredPerson>(withPeople(`steward.app_user u`, `u.id = $1`), [userId, now]);
    return row ? personOf(row) : null;
  }

  /** Whose stand-in a person is on a day, and until when, by name. */
  standsInFor(tx: Tx, userId: string, day: IsoDay): Promise<StandsInFor[]> {
    return open(tx).query<StandsInFor>(
      `SELECT u.id AS "userId", u.full_name AS name, max(i.to_day) AS "toDay"
       FROM steward.stand_in i JOIN steward.app_user u ON u.id = i.user_id
       WHERE i.stand_in_id = $1 AND $2::date BETWEEN i.from_day AND i.to_day
       GROUP BY u.id, u.full_name ORDER BY lower(u.full_name), u.id`,
      [userId, day],
    );
  }

  async credentialsOf(tx: Tx, email: string): Promise<Credentials | null> {
    const [row] = await open(tx).query<Credentials>(
      `SELECT id, active, password_hash AS "passwordHash" FROM steward.app_user WHERE lower(email) = lower($1)`,
      [email],
    );
    return row ?? null;
  }

  /** Whether somebody with this session, or with a session from this place, is the person of the address. */
  async howKnown(tx: Tx, email: string, ip: string | null, tokenHash: Buffer | null, now: Date): Promise<Known> {
    const [row] = await open(tx).query<{ session: boolean | null; place: boolean | null }>(
      `SELECT bool_or(s.token_hash = $2) AS session, bool_or(s.ip = $3) AS place
       FROM steward.session s JOIN steward.app_user u ON u.id = s.user_id
       WHERE lower(u.email) = lower($1) AND s.expires_at > $4`,
      [email, tokenHash, ip, now],
    );
    if (row?.session && tokenHash) return { as: 'session', hash: tokenHash };
    return { as: row?.place ? 'place' : 'stranger' };
  }

  async setPassword(tx: Tx, userId: string, passwordHash: string, at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.app_user SET password_hash = $2, revision = revision + 1, updated_at = $3 WHERE id = $1`,
      [userId, passwordHash, at],
    );
  }

  async touchSession(tx: Tx, tokenHash: Buffer, seenAt: Date, expiresAt: Date): Promise<void> {
    await open(tx).query(`UPDATE steward.session SET last_seen_at = $2, expires_at = $3 WHERE token_hash = $1`, [
      tokenHash,
      seenAt,
      expiresAt,
    ]);
  }

  async addSession(
    tx: Tx,
    session: {
      tokenHash: Buffer;
      userId: string;
      at: Date;
      expiresAt: Date;
      ip: string | null;
      userAgent: string | null;
    },
  ): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.session (token_hash, user_id, created_at, last_seen_at, expires_at, ip, user_agent)
       VALUES ($1, $2, $3, $3, $4, $5, $6)`,
      [session.tokenHash, session.userId, session.at, session.expiresAt, session.ip, session.userAgent],
    );
  }

  async endSession(tx: Tx, tokenHash: Buffer): Promise<void> {
    await open(tx).query(`DELETE FROM steward.session WHERE token_hash = $1`, [tokenHash]);
    await announce(tx, { topic: 'access' });
  }

  /** Ends a person's sessions; all of them, or all but the one that they are using. */
  async endSessionsOf(tx: Tx, userId: string, except: Buffer | null = null): Promise<void> {
    await open(tx).query(
      `DELETE FROM steward.session WHERE user_id = $1 AND ($2::bytea IS NULL OR token_hash <> $2::bytea)`,
      [userId, except],
    );
    await announce(tx, { topic: 'access' });
  }

  async forgetExpired(tx: Tx, now: Date): Promise<void> {
    await open(tx).query(`DELETE FROM steward.session WHERE expires_at <= $1`, [now]);
  }

  /** Attempts of windows that are over: each attempt takes more of them away than it adds, and waits for nobody. */
  async forgetOldAttempts(tx: Tx, now: Date): Promise<void> {
    await open(tx).query(
      `DELETE FROM steward.sign_in_attempt WHERE subject IN (
         SELECT subject FROM steward.sign_in_attempt WHERE window_started_at <= $1
         ORDER BY window_started_at LIMIT 100 FOR UPDATE SKIP LOCKED)`,
      [new Date(now.getTime() - WINDOW_MS)],
    );
  }

  /** Counts an attempt before its password is looked at, so that attempts at the same moment cannot slip through. */
  async countAttempt(tx: Tx, subject: string, now: Date): Promise<Attempts> {
    const [row] = await open(tx).query<Attempts>(
      `INSERT INTO steward.sign_in_attempt AS t (subject, window_started_at, failures) VALUES ($1, $2, 1)
       ON CONFLICT (subject) DO UPDATE SET
         failures = CASE WHEN t.window_started_at <= $3 THEN 1 ELSE t.failures + 1 END,
         window_started_at = CASE WHEN t.window_started_at <= $3 THEN EXCLUDED.window_started_at ELSE t.window_started_at END
       RETURNING window_started_at AS "windowStartedAt", failures`,
      [subject, now, new Date(now.getTime() - WINDOW_MS)],
    );
    return row!;
  }

  /** Takes back the count of an attempt that succeeded. */
  async uncountAttempt(tx: Tx, subject: string): Promise<void> {
    await open(tx).query(`UPDATE steward.sign_in_attempt SET failures = greatest(failures - 1, 0) WHERE subject = $1`, [
      subject,
    ]);
  }

  async forgetAttempts(tx: Tx, subject: string): Promise<void> {
    await open(tx).query(`DELETE FROM steward.sign_in_attempt WHERE subject = $1`, [subject]);
  }

  async keyByPrefix(tx: Tx, prefix: string): Promise<StoredKey | null> {
    const [row] = await open(tx).query<StoredKey>(
      `SELECT id, name, secret_hash AS "secretHash", scopes, expires_at AS "expiresAt", revoked_at AS "revokedAt",
         last_used_at AS "lastUsedAt"
       FROM steward.api_key WHERE prefix = $1`,
      [prefix],
    );
    return row ?? null;
  }

  async touchKey(tx: Tx, id: string, now: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.api_key SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)`,
      [id, now],
    );
  }
}
