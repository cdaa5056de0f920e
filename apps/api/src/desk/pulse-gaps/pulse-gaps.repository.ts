import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { PulseGapRow } from '@steward/shared/pulse';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { Scope } from '../../platform/auth/scope.js';

/** What tells how far an account’s pulse lies from its score. */
export interface PulsedState {
  accountId: string;
  arrMinor: number | null;
  healthVersionId: number;
  signals: (number | null)[];
  caps: number[];
}

export type GapAccount = Pick<PulseGapRow, 'account' | 'score' | 'band'> & {
  pulse: Omit<PulseGapRow['pulse'], 'reasons'> & { reasons: string[] };
};

@Injectable()
export class PulseGapsRepository {
  /** Live accounts with a pulse that counts today; of these people where they are given. */
  pulsed(tx: Tx, scope: Scope, whose: readonly string[] | null, pulseNumber: number): Promise<PulsedState[]> {
    const { bind, values } = new Binder();
    const meant =
      whose === null
        ? ''
        : `AND (a.csm_user_id = ANY(${bind(whose)}::uuid[]) OR a.am_user_id = ANY(${bind(whose)}::uuid[]))`;
    return open(tx).query(
      `SELECT s.account_id AS "accountId", s.arr_minor AS "arrMinor", s.health_version_id AS "healthVersionId", s.signals, s.caps
       FROM steward.account_state s JOIN steward.account a ON a.id = s.account_id
       WHERE s.signals[${bind(pulseNumber)}::int] IS NOT NULL AND s.health_version_id IS NOT NULL
         AND s.status IN ('trial', 'customer') AND ${scopePredicate(scope, bind)} ${meant}`,
      values,
    );
  }

  /** These accounts with their newest pulse, in no order. */
  shown(tx: Tx, scope: Scope, accountIds: readonly string[], day: IsoDay): Promise<GapAccount[]> {
    const { bind, values } = new Binder();
    const owner = (role: 'csm' | 'am') => `CASE WHEN coalesce(${role}.full_name, a.${role}_text) IS NOT NULL THEN
      jsonb_build_object('userId', ${role}.id, 'name', coalesce(${role}.full_name, a.${role}_text)) END`;
    return open(tx).query(
      `SELECT jsonb_build_object('id', a.id, 'name', a.name, 'tier', s.tier, 'arrMinor', s.arr_minor, 'csm', ${owner('csm')},
           'am', ${owner('am')}) AS account, s.score, s.band,
         jsonb_build_object('day', p.day, 'value', p.value, 'reasons', p.reasons, 'note', p.note, 'author',
           CASE WHEN coalesce(u.full_name, p.author_text) IS NOT NULL THEN
             jsonb_build_object('userId', p.author_user_id, 'name', coalesce(u.full_name, p.author_text)) END) AS pulse
       FROM steward.account a JOIN steward.account_state s ON s.account_id = a.id
         JOIN LATERAL (SELECT * FROM steward.pulse p WHERE p.account_id = a.id AND p.day <= ${bind(day)}::date
           ORDER BY p.day DESC LIMIT 1) p ON TRUE
         LEFT JOIN steward.app_user u ON u.id = p.author_user_id
         LEFT JOIN steward.app_user csm ON csm.id = a.csm_user_id LEFT JOIN steward.app_user am ON am.id = a.am_user_id
       WHERE a.id = ANY(${bind([...accountIds])}::uuid[]) AND ${scopePredicate(scope, bind)}`,
      values,
    );
  }
}
