import type { AccountBeside } from '@steward/shared/commercial';

/** The account beside a deal or renewal, over `a`, `s`, `csm` and `am`. */
export const BESIDE_COLUMN = `jsonb_build_object('id', a.id, 'externalId', a.external_id, 'name', a.name,
  'status', coalesce(s.status, a.status), 'tier', s.tier, 'arrMinor', s.arr_minor, 'score', s.score, 'band', s.band,
  'csm', CASE WHEN coalesce(csm.full_name, a.csm_text) IS NOT NULL THEN
    jsonb_build_object('userId', csm.id, 'name', coalesce(csm.full_name, a.csm_text)) END,
  'am', CASE WHEN coalesce(am.full_name, a.am_text) IS NOT NULL THEN
    jsonb_build_object('userId', am.id, 'name', coalesce(am.full_name, a.am_text)) END,
  'leaving', a.status = 'customer' AND (a.notice_given_on IS NOT NULL OR a.leaves_on IS NOT NULL),
  'leavesOn', a.leaves_on) AS account`;

export const BESIDE_OWNERS = `LEFT JOIN steward.app_user csm ON csm.id = a.csm_user_id
  LEFT JOIN steward.app_user am ON am.id = a.am_user_id`;

export const BESIDE_JOINS = `LEFT JOIN steward.account_state s ON s.account_id = a.id ${BESIDE_OWNERS}`;

export interface WithAccount {
  account: AccountBeside;
}
