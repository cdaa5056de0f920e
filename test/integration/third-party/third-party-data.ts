import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportCounts } from '@steward/shared/imports';
import type { ApiServer } from '../../support/api-server.js';
import { command } from '../../support/command.js';

/**
 * Files that nobody wrote for this product. They are no part of it: `STEWARD_DATA_DIR` names the folder that holds
 * `contentstack-renewal`, `insider-b2b` and `ravenstack…`; without it these tests are skipped, and say so.
 */
const folder = process.env.STEWARD_DATA_DIR ?? '';
const isThere = folder !== '' && existsSync(join(folder, 'contentstack-renewal'));

export const withData = isThere ? describe : describe.skip;

export function saySkipped(what: string): void {
  if (!isThere) process.stderr.write(`${what}: skipped, STEWARD_DATA_DIR names no folder with third-party data.\n`);
}

/** A file by its name, or by a part of it. */
export function dataFile(data: string, name: string): string {
  const found = readdirSync(join(folder, data)).find((one) => one.includes(name));
  if (!found) throw new Error(`${join(folder, data)} has no file like ${name}`);
  return join(folder, data, found);
}

/** `import` with one of the mappings kept here; answers what it did and which rows it refused. */
export async function importFile(
  server: ApiServer,
  mapping: string,
  path: string,
): Promise<{ did: ImportCounts; rejections: { column: string | null; code: string }[] }> {
  const file = join(__dirname, '../../fixtures/mappings', `${mapping}.json`);
  const { kind } = JSON.parse(readFileSync(file, 'utf8'));
  await command(server, 'import', kind, path, '--mapping', file);
  const [{ id, did }] = await server.dataSource.query(
    `SELECT id, counts->'did' AS did FROM steward.import ORDER BY id DESC LIMIT 1`,
  );
  const rejections = await server.dataSource.query(
    'SELECT column_name AS "column", code FROM steward.import_rejection WHERE import_id = $1 ORDER BY line, seq',
    [id],
  );
  return { did, rejections };
}
