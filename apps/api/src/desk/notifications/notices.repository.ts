import { Injectable } from '@nestjs/common';
import type { Notification } from '@steward/shared/notifications';
import { v5 as uuidv5 } from 'uuid';
import { open, type Tx } from '../../db/unit-of-work.js';

type Dated = Omit<Notification, 'at' | 'readAt'> & { at: Date; readAt: Date | null };

interface Untold {
  userId: string;
  ruleId: string;
  name: string;
  day: string;
  wouldFire: number;
  inScope: number;
}

const NOTICES = '9b0f5f0e-6f1e-5c7a-9d43-6a3f0f1f2b58';
const IS_ADMIN = `EXISTS (SELECT 1 FROM steward.app_user u WHERE u.id = n.user_id AND u.role = 'admin' AND u.active)`;

/** What people are told that is about no account: admins of rules that are held, stand-ins of whom they stand in for. */
@Injectable()
export class NoticesRepository {
  /** Tells every admin of the rules that a storm holds and nobody has decided about, each once. Answers whom. */
  async tellOfHeldRules(tx: Tx, at: Date): Promise<string[]> {
    const { query } = open(tx);
    const untold = await query<Untold>(
      `SELECT u.id AS "userId", h.rule_id AS "ruleId", r.name, h.day, h.would_fire AS "wouldFire", h.in_scope AS "inScope"
       FROM steward.alert_rule_hold h JOIN steward.alert_rule r ON r.id = h.rule_id, steward.app_user u
       WHERE h.reason = 'storm' AND h.decision IS NULL AND u.role = 'admin' AND u.active
         AND NOT EXISTS (SELECT 1 FROM steward.notice n
           WHERE n.user_id = u.id AND n.rule_id = h.rule_id AND n.at >= h.since_at)`,
    );
    for (const { userId, ruleId, name, day, wouldFire, inScope } of untold) {
      const text = `Rule “${name}” is held: it would fire on ${wouldFire} of ${inScope} accounts`;
      await query(
        `INSERT INTO steward.notice (id, user_id, news, rule_id, text, at) VALUES ($1, $2, 'ruleHeld', $3, $4, $5)
         ON CONFLICT (id) DO NOTHING`,
        [uuidv5(`${userId} ${ruleId} ${day}`, NOTICES), userId, ruleId, text, at],
      );
    }
    return [...new Set(untold.map(({ userId }) => userId))];
  }

  /** The newest of a person; what was for admins, while they are one still. */
  async newest(tx: Tx, userId: string, limit: number): Promise<{ rows: Dated[]; unread: number }> {
    const { query } = open(tx);
    const from = `FROM steward.notice n WHERE n.user_id = $1 AND (n.news <> 'ruleHeld' OR ${IS_ADMIN})`;
    const [count] = await query<{ unread: number }>(`SELECT count(*) AS unread ${from} AND n.read_at IS NULL`, [
      userId,
    ]);
    const rows = await query<Pick<Notification, 'id' | 'news' | 'ruleId' | 'text'> & { at: Date; readAt: Date | null }>(
      `SELECT n.id, n.news, n.rule_id AS "ruleId", n.text, n.at, n.read_at AS "readAt" ${from}
       ORDER BY n.at DESC, n.id DESC LIMIT $2`,
      [userId, limit],
    );
    const of = { accountId: null, accountName: null, alertId: null, alertKind: null };
    const severityOf = ({ news }: Pick<Notification, 'news'>) => (news === 'ruleHeld' ? 'high' : 'info');
    return { rows: rows.map((row) => ({ ...of, ...row, severity: severityOf(row) })), unread: count?.unread ?? 0 };
  }

  /** These of the person, or all of them. */
  async markRead(tx: Tx, userId: string, ids: readonly string[] | null, at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.notice SET read_at = $3
       WHERE user_id = $1 AND read_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY($2::uuid[]))`,
      [userId, ids, at],
    );
  }

  async forget(tx: Tx, before: Date): Promise<void> {
    await open(tx).query('DELETE FROM steward.notice WHERE at < $1', [before]);
  }
}
