import { Injectable } from '@nestjs/common';
import type { Followers, Objective, SetPlan } from '@steward/shared/account-plan';
import type { IsoDay } from '@steward/shared/common';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Principal } from '../../platform/auth/principal.js';
import { NotFound } from '../../platform/errors/app-error.js';
import type { OwnersOfAccount } from '../users/people.reader.js';

type PersonName = Followers['followers'][number];

export interface StoredPlan {
  note: string | null;
  mentions: PersonName[];
  objectives: Objective[];
  links: SetPlan['links'];
  nextStep: string | null;
  nextStepDay: IsoDay | null;
  nextStepOwner: PersonName | null;
  revision: number;
  updatedAt: Date | null;
  updatedBy: string | null;
}

export const NO_PLAN: StoredPlan = {
  note: null,
  mentions: [],
  objectives: [],
  links: [],
  nextStep: null,
  nextStepDay: null,
  nextStepOwner: null,
  revision: 0,
  updatedAt: null,
  updatedBy: null,
};

@Injectable()
export class PlanRepository {
  /** Owners of an account that the reader sees; without one there is none for them. */
  async mustSee(tx: Tx, { scope }: Principal, accountId: string): Promise<OwnersOfAccount> {
    const { bind, values } = new Binder();
    const [row] = await open(tx).query<OwnersOfAccount>(
      `SELECT a.csm_user_id AS "csmUserId", a.am_user_id AS "amUserId" FROM steward.account a
       WHERE a.id = ${bind(accountId)} AND ${scopePredicate(scope, bind)}`,
      values,
    );
    if (row === undefined) throw new NotFound('account');
    return row;
  }

  async plan(tx: Tx, accountId: string): Promise<StoredPlan> {
    const [row] = await open(tx).query<StoredPlan>(
      `SELECT p.note, p.objectives, p.links, p.next_step AS "nextStep", p.next_step_day AS "nextStepDay", p.revision,
         p.updated_at AS "updatedAt", w.full_name AS "updatedBy",
         CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('userId', o.id, 'name', o.full_name) END AS "nextStepOwner",
         coalesce((SELECT jsonb_agg(jsonb_build_object('userId', m.id, 'name', m.full_name) ORDER BY lower(m.full_name), m.id)
           FROM steward.app_user m WHERE m.id = ANY(p.note_mentions)), '[]') AS mentions
       FROM steward.account_plan p LEFT JOIN steward.app_user o ON o.id = p.next_step_user_id
         LEFT JOIN steward.app_user w ON w.id = p.updated_by
       WHERE p.account_id = $1`,
      [accountId],
    );
    return row ?? NO_PLAN;
  }

  /** Writes onto the revision that was read (0: none); false when another change came first. */
  async save(tx: Tx, accountId: string, plan: SetPlan, byUserId: string, at: Date): Promise<boolean> {
    const rows = await open(tx).query(
      `INSERT INTO steward.account_plan AS p (account_id, note, note_mentions, objectives, links, next_step, next_step_day,
         next_step_user_id, revision, updated_by, updated_at)
       VALUES ($1, $2, $3::uuid[], $4::jsonb, $5::jsonb, $6, $7::date, $8, 1, $10, $11)
       ON CONFLICT (account_id) DO UPDATE SET note = EXCLUDED.note, note_mentions = EXCLUDED.note_mentions,
         objectives = EXCLUDED.objectives, links = EXCLUDED.links, next_step = EXCLUDED.next_step,
         next_step_day = EXCLUDED.next_step_day, next_step_user_id = EXCLUDED.next_step_user_id,
         revision = p.revision + 1, updated_by = EXCLUDED.updated_by, updated_at = EXCLUDED.updated_at
       WHERE p.revision = $9
       RETURNING account_id`,
      [
        accountId,
        plan.note,
        plan.mentions,
        JSON.stringify(plan.objectives),
        JSON.stringify(plan.links),
        plan.nextStep?.text ?? null,
        plan.nextStep?.day ?? null,
        plan.nextStep?.ownerUserId ?? null,
        plan.revision,
        byUserId,
        at,
      ],
    );
    return rows.length > 0;
  }

  /** Those who follow the account, and whether the reader is among them. */
  async followers(tx: Tx, accountId: string, principal: Principal): Promise<Followers> {
    const followers = await open(tx).query<PersonName>(
      `SELECT u.id AS "userId", u.full_name AS name FROM steward.account_follower f JOIN steward.app_user u ON u.id = f.user_id
       WHERE f.account_id = $1 AND u.active ORDER BY lower(u.full_name), u.id`,
      [accountId],
    );
    const me = principal.kind === 'user' ? principal.user.id : null;
    return { followers, following: followers.some(({ userId }) => userId === me) };
  }

  async follow(tx: Tx, accountId: string, userId: string, day: IsoDay, at: Date): Promise<void> {
    await open(tx).query(
      `INSERT INTO steward.account_follower (account_id, user_id, since, since_day) VALUES ($1, $2, $3, $4::date)
       ON CONFLICT (account_id, user_id) DO NOTHING`,
      [accountId, userId, at, day],
    );
  }

  async unfollow(tx: Tx, accountId: string, userId: string): Promise<void> {
    await open(tx).query('DELETE FROM steward.account_follower WHERE account_id = $1 AND user_id = $2', [
      accountId,
      userId,
    ]);
  }
}
