import { Injectable } from '@nestjs/common';
import type { FirstStep } from '@steward/shared/first-steps';
import { open, type Tx } from '../../db/unit-of-work.js';
import { SAMPLE_TEAM } from '../../domain/sample/team.js';

const OF_SAMPLE = SAMPLE_TEAM.map(({ email }) => email);

@Injectable()
export class FirstStepsRepository {
  /**
   * Each step by what it leaves behind. People of the sample are no team, and what is built in is nobody's segment. A
   * first playbook is one that somebody built, or a ready-made one that somebody started on an account.
   */
  async done(tx: Tx): Promise<Record<FirstStep, boolean>> {
    const [row] = await open(tx).query<Record<FirstStep, boolean>>(
      `SELECT EXISTS (SELECT FROM steward.account) AS accounts,
         EXISTS (SELECT FROM steward.event) OR EXISTS (SELECT FROM steward.metric_point) AS usage,
         EXISTS (SELECT FROM steward.first_steps WHERE tiers_reviewed_at IS NOT NULL)
           OR EXISTS (SELECT FROM steward.tier_set_version WHERE version > 1) AS tiers,
         (SELECT count(*) > 1 FROM steward.app_user u WHERE u.active AND u.email <> ALL ($1::text[])) AS team,
         EXISTS (SELECT FROM steward.segment WHERE key IS NULL) AS segment,
         EXISTS (SELECT FROM steward.playbook WHERE key IS NULL AND deleted_at IS NULL)
           OR EXISTS (SELECT FROM steward.goal WHERE started IN ('hand', 'bulk')) AS playbook`,
      [OF_SAMPLE],
    );
    return row ?? { accounts: false, usage: false, tiers: false, team: false, segment: false, playbook: false };
  }

  async isHidden(tx: Tx, userId: string): Promise<boolean> {
    const rows = await open(tx).query(`SELECT 1 FROM steward.first_steps WHERE user_id = $1 AND hidden`, [userId]);
    return rows.length > 0;
  }

  /** Null: as it was. */
  async say(tx: Tx, userId: string, hidden: boolean | null, tiersReviewedAt: Date | null): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.first_steps AS f (user_id, hidden, tiers_reviewed_at)
       VALUES ($1, coalesce($2::boolean, FALSE), $3::timestamptz)
       ON CONFLICT (user_id) DO UPDATE SET hidden = coalesce($2::boolean, f.hidden),
         tiers_reviewed_at = coalesce($3::timestamptz, f.tiers_reviewed_at)`,
      [userId, hidden, tiersReviewedAt],
    );
  }
}
