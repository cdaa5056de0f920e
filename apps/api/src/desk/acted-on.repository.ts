import type { IsoDay } from '@steward/shared/common';
import { v7 as uuidv7 } from 'uuid';
import { Binder } from '../db/rules/binder.js';
import { scopePredicate } from '../db/scope-sql.js';
import { open, type Tx } from '../db/unit-of-work.js';
import type { PastStep } from '../domain/goals/undo.js';
import type { Scope } from '../platform/auth/scope.js';
import type { Owners } from './acting.js';

/** What people act on: each row has a revision, and beside it its events, of which undo takes back the newest. */
export type ActedOn = 'goal' | 'task';

export interface ActedOnKey {
  accountId: string;
  id: string;
}

/** The column of each field that people's actions change, and its type. */
export type ColumnsOf<Fields> = { readonly [Field in keyof Fields]-?: readonly [column: string, type: string] };

export interface NewStep<Kind extends string> extends ActedOnKey {
  kind: Kind;
  at: Date;
  day: IsoDay;
  byUserId: string;
  before: object | null;
  details: Record<string, unknown> | null;
  /** Somebody else may want to be told. */
  isNews: boolean;
}

/** Newest first. */
export function pastSteps(tx: Tx, of: ActedOn, { accountId, id }: ActedOnKey): Promise<PastStep[]> {
  return open(tx).query<PastStep>(
    `SELECT e.id, e.kind, e.by_user_id AS "byUserId", e.before, e.details FROM steward.${of}_event e
     WHERE e.account_id = $1 AND e.${of}_id = $2 ORDER BY e.at DESC, e.id DESC LIMIT 500`,
    [accountId, id],
  );
}

/** Writes onto the revision that was read; the row is held, so nobody is there first. */
export async function writeChange<Fields extends object>(
  tx: Tx,
  of: ActedOn,
  columns: ColumnsOf<Fields>,
  { accountId, id, revision }: ActedOnKey & { revision: number },
  change: Partial<Fields>,
): Promise<void> {
  const { bind, values } = new Binder();
  const where = `account_id = ${bind(accountId)}::uuid AND id = ${bind(id)}::uuid AND revision = ${bind(revision)}::int`;
  const fields = (Object.keys(columns) as (keyof Fields)[]).filter((field) => change[field] !== undefined);
  const set = fields.map((field) => {
    const [column, type] = columns[field];
    return `${column} = ${bind(change[field])}::${type}`;
  });
  await open(tx).query(
    `UPDATE steward.${of} SET ${[...set, 'revision = revision + 1'].join(', ')} WHERE ${where}`,
    values,
  );
}

export async function addStep(tx: Tx, of: ActedOn, step: NewStep<string>): Promise<void> {
  await open(tx).prepared(
    `INSERT INTO steward.${of}_event (account_id, id, ${of}_id, kind, at, day, by_user_id, before, details, told_at)
     VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8::jsonb, $9::jsonb, $10)`,
    [
      step.accountId,
      uuidv7(),
      step.id,
      step.kind,
      step.at,
      step.day,
      step.byUserId,
      step.before === null ? null : JSON.stringify(step.before),
      step.details === null ? null : JSON.stringify(step.details),
      step.isNews ? null : step.at,
    ],
  );
}

/** The owners of an account that the person may see; null: they may not, or there is none. */
export async function visibleOwners(tx: Tx, scope: Scope, accountId: string): Promise<Owners | null> {
  const { bind, values } = new Binder();
  const [row] = await open(tx).query<Owners>(
    `SELECT a.csm_user_id AS "csmUserId", a.am_user_id AS "amUserId" FROM steward.account a
     WHERE a.id = ${bind(accountId)}::uuid AND ${scopePredicate(scope, bind)}`,
    values,
  );
  return row ?? null;
}
