import { buildServer } from '../lib/build.mjs';
import { runHere } from '../lib/commands.mjs';
import { openDatabase } from '../lib/database.mjs';
import { productEnvironment } from '../lib/environment.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { inRoot } from '../lib/places.mjs';

/** Runs one command, beside a running server or without one. @param {string[]} args */
export async function run(args) {
  await ensureInstalled();
  await buildServer();
  const cli = [inRoot('apps/api/dist/cli.js'), ...args];
  // Help needs no database.
  if (args.length === 0 || args.includes('--help') || args.includes('-h'))
    return runHere(process.execPath, cli, { cwd: process.cwd() });
  const database = await openDatabase({ quiet: true });
  try {
    const env = productEnvironment(database);
    const migrated = await runHere(process.execPath, [inRoot('apps/api/dist/migrate.js')], { env });
    return migrated === 0
      ? await runHere(process.execPath, cli, { env, cwd: process.env.INIT_CWD ?? process.cwd() })
      : migrated;
  } finally {
    await database.leave();
  }
}
