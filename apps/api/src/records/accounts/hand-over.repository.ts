import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { HandOver, HandOverMove, Moved } from '@steward/shared/hand-over';
import { open, type Tx } from '../../db/unit-of-work.js';
import type { OwnerValue } from './many-accounts.repository.js';

export type OwnerRole = 'csm' | 'am';

/** An owner as it was, with the source that said so. */
export interface OwnerBefore {
  owner: OwnerValue;
  source: string | null;
}

/** Of what somebody had: all, what is of the role, or what is not of the other one. */
export type Takes = 'all' | 'own' | 'rest';

/** What goes from one person to the next on an account. */
export interface Passing {
  handOverId: string;
  accountId: string;
  role: OwnerRole;
  takes: Takes;
  fromId: string;
  toId: string | null;
}

export interface MovedThing {
  handOverId: string;
  id: string;
  fromId: string;
  toId: string | null;
}

export interface NewHandOver {
  id: string;
  accountId: string;
  from: Record<OwnerRole, string | null>;
  to: Record<OwnerRole, string | null>;
  note: string | null;
  moved: Moved;
  before: HandOverBefore;
}

/** What taking it back needs. */
export interface HandOverBefore {
  owners: Partial<Record<OwnerRole, OwnerBefore>>;
  things: Record<keyof HandOverMove, MovedThing[]>;
  /** Tasks that nobody had: runs find them their person among the new owners. Not kept by older ones. */
  waiting?: string[];
}

export interface StoredHandOver extends Omit<HandOver, 'at' | 'undoneAt' | 'mayUndo'> {
  at: Date;
  undoneAt: Date | null;
  before: HandOverBefore;
}

interface Told {
  byUserId: string;
  day: IsoDay;
  at: Date;
}

type Thing = keyof HandOverMove;

interface ThingSql {
  table: 'alert' | 'task' | 'goal' | 'deal';
  owner: string;
  live: string;
  /** In which of the two roles somebody has it, where they hold both; null: in either. */
  role: string;
  /** Whoever has it has it from a run, which found its role a person. */
  byRun: string;
  set: string;
}

const ROLES = ['csm', 'am'] as const;
const ALERT_ROLE = '(SELECT r.owner_role FROM steward.alert_rule r WHERE r.id = t.rule_id)';

const THINGS: Record<Thing, ThingSql> = {
  alerts: {
    table: 'alert',
    owner: 'assignee_user_id',
    live: `t.state IN ('pending', 'open', 'acknowledged', 'snoozed')`,
    role: ALERT_ROLE,
    byRun: 'FALSE',
    set: '',
  },
  tasks: {
    table: 'task',
    owner: 'assignee_user_id',
    live: `t.state = 'open'`,
    role: 't.role',
    byRun: 't.role IS NOT NULL',
    set: '',
  },
  goals: {
    table: 'goal',
    owner: 'owner_user_id',
    live: `t.status IN ('notStarted', 'inProgress', 'atRisk')`,
    role: `CASE WHEN t.kind = 'expansion' THEN 'am' ELSE 'csm' END`,
    byRun: 'FALSE',
    set: '',
  },
  deals: {
    table: 'deal',
    owner: 'owner_user_id',
    live: `t.state = 'open'`,
    role: `'am'`,
    byRun: 'FALSE',
    set: `, owner_text = (SELECT u.full_name FROM steward.app_user u WHERE u.id = i.to_id)`,
  },
};

const PASSING = `jsonb_to_recordset($1::jsonb) AS i (hand_over_id uuid, account_id uuid, role text, takes text, from_id uuid, to_id uuid)`;

const HAND_OVER = `h.id, h.at, h.day, h.note, h.moved, h.before, h.undone_at AS "undoneAt", ${person('h.by_user_id')} AS by,
  jsonb_build_object('csm', ${person('h.from_csm_user_id')}, 'am', ${person('h.from_am_user_id')}) AS "from",
  jsonb_build_object('csm', ${person('h.to_csm_user_id')}, 'am', ${person('h.to_am_user_id')}) AS "to"`;

function person(id: string): string {
  return `(SELECT jsonb_build_object('userId', p.id, 'name', p.full_name) FROM steward.app_user p WHERE p.id = ${id})`;
}

/** Owners' changes and what goes along, a few statements for however many accounts. */
@Injectable()
export class HandOverRepository {
  /** Gives what the one has to the next, in the order of keys. Answers what went. */
  async pass(tx: Tx, thing: Thing, passing: readonly Passing[], told: Told): Promise<MovedThing[]> {
    const { table, owner, live, role, set } = THINGS[thing];
    const other = `CASE i.role WHEN 'csm' THEN 'am' ELSE 'csm' END`;
    const input = passing.map(({ handOverId, accountId, role: of, takes, fromId, toId }) => ({
      hand_over_id: handOverId,
      account_id: accountId,
      role: of,
      takes,
      from_id: fromId,
      to_id: toId,
    }));
    const moved = await open(tx).query<MovedThing & { accountId: string }>(
      `UPDATE steward.${table} t SET ${owner} = i.to_id, revision = t.revision + 1${set}
       FROM ${PASSING}
       WHERE t.account_id = i.account_id AND t.${owner} = i.from_id AND ${live}
         AND (i.takes = 'all' OR (i.takes = 'own' AND ${role} = i.role)
           OR (i.takes = 'rest' AND ${role} IS DISTINCT FROM ${other}))
       RETURNING i.hand_over_id AS "handOverId", t.account_id AS "accountId", t.id, i.from_id AS "fromId", i.to_id AS "toId"`,
      [JSON.stringify(input)],
    );
    await this.note(tx, thing, moved, told);
    return moved.map(({ accountId: _, ...each }) => each);
  }

  /** Gives things back that still are with whoever got them; what nobody got, also from whom a run has given it to. */
  async back(tx: Tx, accountId: string, thing: Thing, things: readonly MovedThing[], told: Told): Promise<void> {
    if (things.length === 0) return;
    const { table, owner, live, byRun, set } = THINGS[thing];
    const type = table === 'deal' ? 'text' : 'uuid';
    const moved = await open(tx).query<MovedThing & { accountId: string }>(
      `UPDATE steward.${table} t SET ${owner} = i.to_id, revision = t.revision + 1${set}
       FROM (SELECT t.id, r."fromId" AS to_id, t.${owner} AS had
         FROM steward.${table} t
         JOIN jsonb_to_recordset($2::jsonb) AS r (id ${type}, "fromId" uuid, "toId" uuid) ON r.id = t.id
         WHERE t.account_id = $1 AND ${live} AND t.${owner} IS DISTINCT FROM r."fromId"
           AND (t.${owner} IS NOT DISTINCT FROM r."toId" OR (r."toId" IS NULL AND ${byRun}))
         ORDER BY t.id FOR UPDATE OF t) i
       WHERE t.account_id = $1 AND t.id = i.id
       RETURNING t.account_id AS "accountId", t.id, i.had AS "fromId", i.to_id AS "toId"`,
      [accountId, JSON.stringify(things)],
    );
    await this.note(tx, thing, moved, told);
  }

  /** By account, the open tasks that nobody has. */
  async waiting(tx: Tx, accountIds: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await open(tx).query<{ accountId: string; ids: string[] }>(
      `SELECT account_id AS "accountId", array_agg(id ORDER BY id) AS ids FROM steward.task
       WHERE account_id = ANY($1::uuid[]) AND state = 'open' AND assignee_user_id IS NULL GROUP BY account_id`,
      [[...accountIds]],
    );
    return new Map(rows.map(({ accountId, ids }) => [accountId, ids]));
  }

  /**
   * Takes tasks from whom a run has given them to, and the next run finds them their person. What a person has given is
   * of no role any more, and stays.
   */
  async release(tx: Tx, accountId: string, taskIds: readonly string[], told: Told): Promise<void> {
    if (taskIds.length === 0) return;
    const released = await open(tx).query<MovedThing & { accountId: string }>(
      `UPDATE steward.task t SET assignee_user_id = NULL, revision = t.revision + 1
       FROM (SELECT w.id, w.assignee_user_id AS had FROM steward.task w
         WHERE w.account_id = $1 AND w.id = ANY($2::uuid[]) ORDER BY w.id FOR UPDATE) AS w
       WHERE t.account_id = $1 AND t.id = w.id AND t.state = 'open' AND w.had IS NOT NULL
         AND t.role IS NOT NULL
       RETURNING t.account_id AS "accountId", t.id, w.had AS "fromId", NULL::uuid AS "toId"`,
      [accountId, [...taskIds]],
    );
    await this.note(tx, 'tasks', released, told);
  }

  /** The history of each thing says so, too; people are told of the hand-over once, not of each. */
  private async note(
    tx: Tx,
    thing: Thing,
    moved: readonly (MovedThing & { accountId: string })[],
    { byUserId, day, at }: Told,
  ): Promise<void> {
    if (moved.length === 0 || thing === 'deals') return;
    const { table, owner } = THINGS[thing];
    const field = owner === 'owner_user_id' ? 'ownerUserId' : 'assigneeUserId';
    const kind = thing === 'goals' ? 'owner' : 'assigned';
    await open(tx).query(
      `INSERT INTO steward.${table}_event (account_id, id, ${table}_id, kind, at, day, by_user_id, before, details, told_at)
       SELECT i."accountId", uuidv7(), i.id, '${kind}', $2, $3::date, $4, jsonb_build_object('${field}', i."fromId"),
         jsonb_build_object('${field}', i."toId", 'handOver', TRUE), $2
       FROM jsonb_to_recordset($1::jsonb) AS i ("accountId" uuid, id uuid, "fromId" uuid, "toId" uuid) ORDER BY 1, i.id`,
      [JSON.stringify(moved), at, day, byUserId],
    );
  }

  async add(tx: Tx, handOvers: readonly NewHandOver[], { byUserId, day, at }: Told): Promise<void> {
    const input = handOvers.map(({ id, accountId, from, to, note, moved, before }) => ({
      account_id: accountId,
      id,
      from_csm: from.csm,
      to_csm: to.csm,
      from_am: from.am,
      to_am: to.am,
      note,
      moved,
      before,
    }));
    await open(tx).query(
      `INSERT INTO steward.hand_over (account_id, id, at, day, by_user_id, from_csm_user_id, to_csm_user_id, from_am_user_id,
         to_am_user_id, note, moved, before)
       SELECT i.account_id, i.id, $2, $3::date, $4, i.from_csm, i.to_csm, i.from_am, i.to_am, i.note, i.moved, i.before
       FROM jsonb_to_recordset($1::jsonb) AS i (account_id uuid, id uuid, from_csm uuid, to_csm uuid, from_am uuid,
         to_am uuid, note text, moved jsonb, before jsonb)
       ORDER BY i.account_id`,
      [JSON.stringify(input), at, day, byUserId],
    );
  }

  /** Who got and who lost an account hears of it; whoever did it knows. */
  async tell(tx: Tx, handOvers: readonly NewHandOver[], { byUserId, day, at }: Told): Promise<void> {
    const news = handOvers.map(({ id, accountId, from, to, note }) => ({
      account_id: accountId,
      hand_over: id,
      text: note ?? '',
      to_ids: [...new Set(ROLES.flatMap((role) => (from[role] === to[role] ? [] : [to[role], from[role]])))].filter(
        (each) => each !== null && each !== byUserId,
      ),
    }));
    await open(tx).query(
      `INSERT INTO steward.account_news (account_id, id, kind, at, day, by_user_id, to_user_ids, text, subject_id, told_at)
       SELECT i.account_id, uuidv7(), 'handedOver', $2, $3::date, $4,
         ARRAY(SELECT jsonb_array_elements_text(i.to_ids))::uuid[], i.text, i.hand_over, NULL
       FROM jsonb_to_recordset($1::jsonb) AS i (account_id uuid, hand_over text, text text, to_ids jsonb)
       ORDER BY i.account_id`,
      [JSON.stringify(news), at, day, byUserId],
    );
  }

  /** Newest first. */
  all(tx: Tx, accountId: string): Promise<StoredHandOver[]> {
    return open(tx).query(
      `SELECT ${HAND_OVER} FROM steward.hand_over h WHERE h.account_id = $1 ORDER BY h.at DESC, h.id DESC LIMIT 200`,
      [accountId],
    );
  }

  async byId(tx: Tx, accountId: string, id: string): Promise<StoredHandOver | null> {
    const [row] = await open(tx).query<StoredHandOver>(
      `SELECT ${HAND_OVER} FROM steward.hand_over h WHERE h.account_id = $1 AND h.id = $2`,
      [accountId, id],
    );
    return row ?? null;
  }

  async byIds(tx: Tx, ids: readonly { accountId: string; id: string }[]): Promise<Map<string, StoredHandOver>> {
    const rows = await open(tx).query<StoredHandOver>(
      `SELECT ${HAND_OVER} FROM steward.hand_over h
       WHERE (h.account_id, h.id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      [ids.map(({ accountId }) => accountId), ids.map(({ id }) => id)],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async undone(tx: Tx, accountId: string, id: string, byUserId: string, at: Date): Promise<void> {
    await open(tx).query(
      `UPDATE steward.hand_over SET undone_at = $4, undone_by = $3 WHERE account_id = $1 AND id = $2`,
      [accountId, id, byUserId, at],
    );
  }

  /** What somebody has under way on the account. */
  async underWay(tx: Tx, accountId: string, userId: string | null): Promise<Moved> {
    const counts = Object.entries(THINGS).map(
      ([thing, { table, owner, live }]) =>
        `(SELECT count(*)::int FROM steward.${table} t WHERE t.account_id = $1 AND t.${owner} = $2 AND ${live}) AS ${thing}`,
    );
    const [row] = await open(tx).query<Moved>(`SELECT ${counts.join(', ')}`, [accountId, userId]);
    return row as Moved;
  }
}
