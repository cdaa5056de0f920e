import { open, type Tx } from '../../db/unit-of-work.js';

/** A table whose facts are whole: the newest observation replaces what was stored. */
export interface WholeTable {
  table: string;
  /** Identity within the account. */
  key: Record<string, string>;
  /** The other columns with their types. */
  columns: Record<string, string>;
  /** People keep facts of this kind, too: what a delivery changes gets a new revision, and belongs to its source. */
  alsoByHand?: boolean;
  /** SQL: the first day on which a new fact matters. */
  day: (fact: string) => string;
  /** SQL: the first day on which the change of a fact matters, from the stored row to the new one. */
  changedFrom: (was: string, now: string) => string;
}

export interface WholeFact {
  accountId: string;
  /** Values of key and columns by name. */
  values: Record<string, unknown>;
  observedAt: Date;
  receivedAt: Date;
}

export interface WholeOutcome {
  ord: number;
  outcome: 'created' | 'updated' | 'unchanged' | 'repeated';
  /** First day touched; null where nothing changed. */
  day: string | null;
}

const statements = new Map<string, string>();

function storeStatement({ table, key, columns, day, changedFrom, alsoByHand }: WholeTable): string {
  const keys = ['account_id', ...Object.keys(key)];
  const names = Object.keys(columns);
  const all = [...keys, ...names, 'observed_at', 'received_at'];
  const types = Object.entries({ ...key, ...columns }).map(([name, type]) => `${name} ${type}`);
  const of = (alias: string, list: readonly string[]) => list.map((name) => `${alias}.${name}`).join(', ');
  const differ = (was: string, now: string) => `ROW(${of(was, names)}) IS DISTINCT FROM ROW(${of(now, names)})`;
  const same = (one: string, other: string) => keys.map((name) => `${one}.${name} = ${other}.${name}`).join(' AND ');
  const set = [...names, 'observed_at', 'received_at'].map((name) => `${name} = EXCLUDED.${name}`);
  if (alsoByHand)
    set.push('kept_by_hand = false', `revision = t.revision + CASE WHEN ${differ('t', 'EXCLUDED')} THEN 1 ELSE 0 END`);
  return `
  WITH i AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1::json) AS r(ord integer, account_id uuid, ${types.join(', ')},
      observed_at timestamptz, received_at timestamptz)),
  known AS MATERIALIZED (
    SELECT i.ord, ${differ('t', 'i')} AS differs,
      (t.observed_at, t.received_at) <= (i.observed_at, i.received_at) AS newer,
      (t.observed_at, t.received_at) < (i.observed_at, i.received_at) AS later,
      t.received_at = i.received_at AS together
    FROM i JOIN steward.${table} t ON ${same('t', 'i')}),
  -- What a fact replaces is told by the write itself: another delivery may have replaced what is known meanwhile.
  written AS (
    INSERT INTO steward.${table} AS t (${all.join(', ')})
    SELECT ${of('i', all)} FROM i LEFT JOIN known k ON k.ord = i.ord
    WHERE k.ord IS NULL OR k.newer AND (k.differs OR k.later)
    ORDER BY ${of('i', keys)}
    ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${set.join(', ')}
    WHERE (t.observed_at, t.received_at) <= (EXCLUDED.observed_at, EXCLUDED.received_at)
    RETURNING WITH (OLD AS was, NEW AS now) ${of('now', keys)}, was.account_id IS NULL AS is_new,
      ${differ('was', 'now')} AS differs,
      CASE WHEN was.account_id IS NULL THEN ${day('now')} ELSE ${changedFrom('was', 'now')} END AS first_day)
  SELECT i.ord,
    CASE WHEN w.is_new THEN 'created' WHEN w.differs THEN 'updated'
      WHEN k.together AND NOT k.differs THEN 'repeated' ELSE 'unchanged' END AS outcome,
    CASE WHEN w.is_new OR w.differs THEN w.first_day END AS day
  FROM i LEFT JOIN known k ON k.ord = i.ord LEFT JOIN written w ON ${same('w', 'i')}`;
}

/** Stores whole facts: at most one of an identity in a call, of any number of accounts. */
export async function storeWholeFacts(tx: Tx, table: WholeTable, facts: readonly WholeFact[]): Promise<WholeOutcome[]> {
  let statement = statements.get(table.table);
  if (statement === undefined) {
    statement = storeStatement(table);
    statements.set(table.table, statement);
  }
  const input = facts.map(({ accountId, values, observedAt, receivedAt }, ord) => ({
    ord,
    account_id: accountId,
    ...values,
    observed_at: observedAt,
    received_at: receivedAt,
  }));
  return open(tx).query<WholeOutcome>(statement, [JSON.stringify(input)]);
}

/** A deal is as old as its first observation, whichever arrived first. */
export async function keepEarliestOpening(
  tx: Tx,
  deals: readonly { accountId: string; id: string; openedOn: string }[],
): Promise<void> {
  await open(tx).query(
    `UPDATE steward.deal t SET opened_on = i.day
     FROM (SELECT account_id, id, min(day) AS day
       FROM unnest($1::uuid[], $2::text[], $3::date[]) AS r(account_id, id, day) GROUP BY 1, 2 ORDER BY 1, 2) i
     WHERE t.account_id = i.account_id AND t.id = i.id AND t.opened_on > i.day`,
    [deals.map(({ accountId }) => accountId), deals.map(({ id }) => id), deals.map(({ openedOn }) => openedOn)],
  );
}
