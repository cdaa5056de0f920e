import { open, type Tx } from './unit-of-work.js';

let cursors = 0;

/** The rows of a statement a page at a time, for more rows than memory should hold. All of them are to be read. */
export async function* pagesOf<Row>(
  tx: Tx,
  { sql, values, page }: { sql: string; values: readonly unknown[]; page: number },
): AsyncGenerator<Row[]> {
  const { query } = open(tx);
  cursors += 1;
  const name = `pages_${cursors}`;
  // All rows are wanted, so the plan that is best for the first of them is not.
  await query(`SELECT set_config('cursor_tuple_fraction', '1', TRUE)`);
  await query(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`, values);
  for (;;) {
    const rows = await query<Row>(`FETCH ${page} FROM ${name}`);
    if (rows.length > 0) yield rows;
    if (rows.length < page) break;
  }
  await query(`CLOSE ${name}`);
}
