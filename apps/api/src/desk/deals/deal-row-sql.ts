import type { Deal, DealStage } from '@steward/shared/deals';
import { workspaceMoneySql } from '../../db/money-sql.js';
import type { Binder } from '../../db/rules/binder.js';
import { chanceOf, stageOf, weighted } from '../../domain/deals/stages.js';

/** What reading deals rests on: the day, the workspace's currency, its stages. */
export interface DealWorld {
  today: string;
  currency: string;
  minorDigits: number;
  stages: readonly DealStage[];
}

/** A deal is billed when the subscriptions change within so many days of its winning. */
const BILLED_WITHIN_DAYS = 60;
/** Other rates alone move an MRR by less than that. */
const RISE = 1.01;

/**
 * The first day within 60 days of a won deal on which the subscriptions changed as it says: for an expansion those of the
 * day cost more than those of the day before, for other deals one begins; or the MRR of the account's days rose.
 */
export const billedOnSql = (today: string) => {
  const near = (day: string) =>
    `${day} BETWEEN d.ended_on - ${BILLED_WITHIN_DAYS} AND d.ended_on + ${BILLED_WITHIN_DAYS}`;
  const active = (day: string) => `(SELECT coalesce(sum(o.mrr_minor), 0) FROM steward.subscription o
      WHERE o.account_id = d.account_id AND o.starts_on <= ${day} AND (o.ends_on IS NULL OR o.ends_on >= ${day}))`;
  const begun = `(SELECT min(n.starts_on) FROM steward.subscription n
    WHERE n.account_id = d.account_id AND ${near('n.starts_on')} AND n.starts_on <= ${today}
      AND (d.kind <> 'expansion' OR ${active('n.starts_on')} > ${active('n.starts_on - 1')}))`;
  const renewed = `(SELECT min(r.outcome_day) FROM steward.renewal r WHERE d.kind = 'renewal'
      AND r.account_id = d.account_id AND ${near('r.outcome_day')} AND r.outcome <> 'lost')`;
  const risen = `(SELECT min(h.day) FROM steward.account_snapshot h
    WHERE h.account_id = d.account_id AND ${near('h.day')} AND h.mrr_minor > ${RISE} * (
      SELECT b.mrr_minor FROM steward.account_snapshot b
      WHERE b.account_id = d.account_id AND ${near('b.day')} ORDER BY b.day LIMIT 1))`;
  return `(CASE WHEN d.state = 'won' THEN coalesce(${begun}, ${renewed}, ${risen}) END)`;
};

/** `stage`: which of the workspace's stages the deal's text means; `conv`: its amount in the workspace's currency. */
export function dealJoins({ bind }: Binder, world: DealWorld): string {
  const { stages } = world;
  const keys = bind(stages.map(({ key }) => key));
  const labels = bind(stages.map(({ label }) => label.toLowerCase()));
  const chances = bind(stages.map(({ probability }) => probability));
  const amount = workspaceMoneySql(
    { amount: 'd.amount_minor', currency: 'd.currency', day: `coalesce(d.ended_on, ${bind(world.today)}::date)` },
    { currency: bind(world.currency), minorDigits: world.minorDigits },
  );
  return `LEFT JOIN LATERAL (SELECT n.key, n.probability FROM
      unnest(${keys}::text[], ${labels}::text[], ${chances}::float8[]) AS n (key, label, probability)
      WHERE lower(btrim(d.stage)) IN (n.key, n.label) ORDER BY n.key = lower(btrim(d.stage)) DESC LIMIT 1) stage ON TRUE
    CROSS JOIN LATERAL (SELECT ${amount}::bigint AS minor) conv`;
}

export const CHANCE = `(CASE d.state WHEN 'won' THEN 100 WHEN 'lost' THEN 0 ELSE coalesce(d.probability, stage.probability) END)`;

/** A deal as it is read, over `d`, `conv`, `g` and `owner`. */
export const dealColumns = (today: string) => `d.account_id AS "accountId", d.id, d.kind, d.name, d.stage,
  d.amount_minor AS "amountMinor", d.currency, conv.minor AS "convertedMinor", d.probability, d.close_on AS "closeOn",
  CASE WHEN coalesce(owner.full_name, d.owner_text) IS NOT NULL THEN
    jsonb_build_object('userId', owner.id, 'name', coalesce(owner.full_name, d.owner_text)) END AS owner,
  d.state, d.ended_on AS "endedOn", d.reason, d.opened_on AS "openedOn",
  CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('id', g.id, 'name', g.name) END AS goal,
  d.kept_by_hand AS "keptByHand", ${billedOnSql(today)} AS "billedOn", d.revision`;

export const DEAL_ROW_JOINS = `LEFT JOIN steward.app_user owner ON owner.id = d.owner_user_id
  LEFT JOIN steward.goal g ON g.account_id = d.account_id AND g.id = d.goal_id`;

type Derived = 'stage' | 'withoutRate' | 'probabilityFrom' | 'weightedMinor' | 'overdue' | 'mayUndo';

/** A row as `dealColumns` reads it. */
export type StoredDealRow = Omit<Deal, Derived> & { stage: string | null };

/** The deal as it is shown. */
export function dealOf<Row extends StoredDealRow>(
  row: Row,
  { stages, today }: DealWorld,
  mayUndo: Deal['mayUndo'],
): Omit<Row, 'stage'> & Deal {
  const chance = chanceOf(row, stages);
  return {
    ...row,
    ...chance,
    stage: stageOf(row.stage, stages),
    withoutRate: row.amountMinor !== null && row.convertedMinor === null,
    weightedMinor: weighted(row.convertedMinor, chance.probability),
    overdue: row.state === 'open' && row.closeOn !== null && row.closeOn < today,
    mayUndo,
  };
}
