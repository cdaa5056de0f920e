import type { Stage } from '@steward/shared/lifecycle';
import type { Binder } from './rules/binder.js';

/** An account that began so many days before its first stage entered that stage; one that began earlier was found there. */
const NEW_DAYS = 7;

export interface StageOrder {
  stages: readonly Pick<Stage, 'key'>[];
  /** Where churned accounts go. */
  churned: string;
}

/**
 * Every stay in a stage that began up to a day, as rows (account_id, stage, entered_on, how, left_on, became): left_on
 * and became tell the next move up to the day. `since`: only those that began on that day or later;
 * `only`: a condition on `v.account_id`, for whoever asks of few accounts.
 * - how: `entered`; `fellBack`, from a later stage; `found`, where the account was when it first came in, since a day that
 *   is not known. A return after churn is an entry.
 * - became: `movedOn` to a later stage, `lost`, `wentBack` to an earlier one, `stillThere`.
 */
export function staysInStagesSql(
  { bind }: Binder,
  day: string,
  { stages, churned }: StageOrder,
  { since, only = null }: { since?: string; only?: string | null } = {},
): string {
  const keys = `${bind(stages.map(({ key }) => key))}::text[]`;
  const place = (stage: string) => `array_position(${keys}, ${stage})`;
  const gone = `${bind(churned)}::text`;
  const began = 'coalesce(least(b.customer_since, b.trial_since), m.moved_on)';
  return `(SELECT m.account_id, m.to_stage AS stage, m.moved_on AS entered_on,
      CASE WHEN m.from_stage IS NULL THEN CASE WHEN m.moved_on > (SELECT min(f.moved_on) FROM steward.stage_move f)
          AND (SELECT ${began} FROM steward.account b WHERE b.id = m.account_id) >= m.moved_on - ${NEW_DAYS}
          THEN 'entered' ELSE 'found' END
        WHEN m.from_stage <> ${gone} AND ${place('m.to_stage')} < ${place('m.from_stage')} THEN 'fellBack' ELSE 'entered' END AS how,
      m.left_on, CASE WHEN m.next_stage IS NULL THEN 'stillThere' WHEN m.next_stage = ${gone} THEN 'lost'
        WHEN ${place('m.next_stage')} < ${place('m.to_stage')} THEN 'wentBack' ELSE 'movedOn' END AS became
    FROM (SELECT v.account_id, v.from_stage, v.to_stage, v.moved_on,
        lead(v.to_stage) OVER w AS next_stage, lead(v.moved_on) OVER w AS left_on
      FROM steward.stage_move v WHERE v.moved_on <= ${day}${since === undefined ? '' : ` AND v.moved_on >= ${bind(since)}::date`}${only === null ? '' : ` AND ${only}`}
      WINDOW w AS (PARTITION BY v.account_id ORDER BY v.moved_on, v.created_at)) m)`;
}
