import { Injectable } from '@nestjs/common';
import type { GoalEventKind, OutcomeReason } from '@steward/shared/goals';
import { Binder } from '../../db/rules/binder.js';
import { scopePredicate } from '../../db/scope-sql.js';
import { dayNumber } from '../../db/sql-days.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { GoalFields } from '../../domain/goals/goal-actions.js';
import type { PastStep } from '../../domain/goals/undo.js';
import type { Scope } from '../../platform/auth/scope.js';
import {
  type ActedOnKey,
  addStep,
  type ColumnsOf,
  type NewStep,
  pastSteps,
  visibleOwners,
  writeChange,
} from '../acted-on.repository.js';
import type { LastEvent, Owners } from '../acting.js';

export type GoalKey = ActedOnKey;

/** What people's actions change, and the figures of the account that its end keeps. */
export interface GoalKept extends GoalFields {
  scoreAtEnd: number | null;
  arrMinorAtEnd: number | null;
}

export interface HeldGoal extends GoalKey, GoalKept, LastEvent, Owners {
  name: string;
  playbookId: string;
  version: number;
  oneAtATime: boolean;
  /** Of the account now. */
  score: number | null;
  arrMinor: number | null;
  revision: number;
}

const COLUMNS: ColumnsOf<GoalKept> = {
  status: ['status', 'text'],
  atRiskReason: ['at_risk_reason', 'text'],
  startDay: ['start_day', 'date'],
  dueDay: ['due_day', 'date'],
  ownerUserId: ['owner_user_id', 'uuid'],
  metSinceDay: ['met_since_day', 'date'],
  endedDay: ['ended_day', 'date'],
  endedAt: ['ended_at', 'timestamptz'],
  endedBy: ['ended_by', 'uuid'],
  outcomeReason: ['outcome_reason', 'text'],
  outcomeNote: ['outcome_note', 'text'],
  scoreAtEnd: ['score_at_end', 'numeric'],
  arrMinorAtEnd: ['arr_minor_at_end', 'bigint'],
};
const FIELDS = Object.keys(COLUMNS) as (keyof GoalKept)[];

export type NewGoalStep = NewStep<GoalEventKind>;

type Stored = Omit<HeldGoal, 'endedAt' | 'outcomeReason'> & {
  endedAt: Date | null;
  outcomeReason: OutcomeReason | null;
};

/** What people do to goals. Every change is written onto the revision that was read. */
@Injectable()
export class GoalWritesRepository {
  /** A goal that the person may see, held until the commit: who comes second reads what the first has made of it. */
  async held(tx: Tx, scope: Scope, { accountId, id }: GoalKey): Promise<HeldGoal | null> {
    const { query } = open(tx);
    const { bind, values } = new Binder();
    const seen = await query(
      `SELECT 1 FROM steward.goal g JOIN steward.account a ON a.id = g.account_id
       WHERE g.account_id = ${bind(accountId)}::uuid AND g.id = ${bind(id)}::uuid AND ${scopePredicate(scope, bind)}
       FOR NO KEY UPDATE OF g`,
      values,
    );
    if (seen.length === 0) return null;
    const fields = FIELDS.map((field) => `g.${COLUMNS[field][0]} AS "${field}"`);
    const [row] = await query<Stored>(
      `SELECT g.account_id AS "accountId", g.id, g.name, g.playbook_id AS "playbookId", g.playbook_version AS version,
         g.one_at_a_time AS "oneAtATime", g.revision, ${fields.join(', ')}, s.score, s.arr_minor AS "arrMinor",
         a.csm_user_id AS "csmUserId", a.am_user_id AS "amUserId", last.at AS "lastAt", last.day AS "lastDay"
       FROM steward.goal g JOIN steward.account a ON a.id = g.account_id
         LEFT JOIN steward.account_state s ON s.account_id = g.account_id
         LEFT JOIN LATERAL (SELECT max(e.at) AS at, ${dayNumber('max(e.day)')} AS day FROM steward.goal_event e
           WHERE e.account_id = g.account_id AND e.goal_id = g.id) last ON TRUE
       WHERE g.account_id = $1 AND g.id = $2`,
      [accountId, id],
    );
    return row ? { ...row, endedAt: row.endedAt?.toISOString() ?? null } : null;
  }

  /** Newest first. */
  past(tx: Tx, key: GoalKey): Promise<PastStep[]> {
    return pastSteps(tx, 'goal', key);
  }

  /** Another goal of its playbook is live on the account, and one of the two takes no second. */
  async otherLives(tx: Tx, { accountId, id, playbookId, oneAtATime }: HeldGoal): Promise<boolean> {
    if (!oneAtATime) return false;
    const rows = await open(tx).query(
      `SELECT 1 FROM steward.goal g WHERE g.account_id = $1 AND g.playbook_id = $2 AND g.id <> $3 AND g.one_at_a_time
         AND g.status IN ('notStarted', 'inProgress', 'atRisk')`,
      [accountId, playbookId, id],
    );
    return rows.length > 0;
  }

  change(tx: Tx, held: HeldGoal, change: Partial<GoalKept>): Promise<void> {
    return writeChange(tx, 'goal', COLUMNS, held, change);
  }

  addEvent(tx: Tx, step: NewGoalStep): Promise<void> {
    return addStep(tx, 'goal', step);
  }

  /** The owners of an account that the person may see. */
  visible(tx: Tx, scope: Scope, accountId: string): Promise<Owners | null> {
    return visibleOwners(tx, scope, accountId);
  }
}
