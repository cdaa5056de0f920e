import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportCounts } from '@steward/shared/imports';
import { Command } from 'commander';
import { addImportCommands } from '../../../apps/api/src/intake/imports/imports.cli.js';
import { addAccountCommands } from '../../../apps/api/src/pipeline/run/accounts.cli.js';
import { addRunCommands } from '../../../apps/api/src/pipeline/run/run.cli.js';
import type { ApiServer } from '../../support/api-server.js';

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

/** Runs a command line as a person types it, on the running product; answers what it printed. */
export async function command(server: ApiServer, ...line: string[]): Promise<string> {
  const program = new Command().exitOverride();
  const withApp = <Result>(work: (app: ApiServer['app']) => Promise<Result>) => work(server.app);
  addRunCommands(program, withApp as never);
  addAccountCommands(program, withApp as never);
  addImportCommands(program, withApp as never);
  const printed: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const progress = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await program.parseAsync(line, { from: 'user' });
  } finally {
    out.mockRestore();
    progress.mockRestore();
  }
  return printed.join('').trim();
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
