import type { DataSource } from 'typeorm';

type Row = Record<string, unknown>;

const EMPTY: [RegExp, unknown][] = [
  [/^(ARRAY|_)/, []],
  [/bool/, false],
  [/json/, {}],
  [/int|numeric|real|double/, 0],
  [/timestamp/, '2026-01-01T00:00:00Z'],
  [/date/, '2026-01-01'],
  [/text/, ''],
];

/** Inserts rows given by column name; columns that must be set and are not named get the empty value of their type. */
export async function insertRows(db: DataSource, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const required: { column: string; type: string }[] = await db.query(
    `SELECT column_name AS column, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'steward' AND table_name = $1 AND is_nullable = 'NO' AND is_identity = 'NO'`,
    [table],
  );
  const defaults = Object.fromEntries(
    required.map(({ column, type }) => [column, EMPTY.find(([pattern]) => pattern.test(type))?.[1] ?? null]),
  );
  await db.query(
    `INSERT INTO steward.${table} SELECT * FROM jsonb_populate_recordset(NULL::steward.${table}, $1::jsonb)`,
    [JSON.stringify(rows.map((row) => ({ ...defaults, ...row })))],
  );
}

/** Computed states, with what is kept of them beside. */
export async function insertStates(db: DataSource, rows: readonly Row[]): Promise<void> {
  await insertRows(db, 'account_state', rows);
  const terms = rows.map(({ account_id, arr_minor, renewal_date }) => ({ account_id, arr_minor, renewal_date }));
  await insertRows(db, 'account_terms', terms);
}
