import { buildServer, programFile } from '../lib/build.mjs';
import { runHere } from '../lib/commands.mjs';
import { openDatabase } from '../lib/database.mjs';
import { productEnvironment } from '../lib/environment.mjs';
import { ensureInstalled } from '../lib/install.mjs';

/** Runs one command, beside a running server or without one. @param {string[]} args */
export async function run(args) {
  await ensureInstalled();
  await buildServer();
  const cli = [programFile('cli'), ...args];
  // Help needs no database.
  if (args.length === 0 || args.includes('--help') || args.includes('-h'))
    return runHere(process.execPath, cli, { cwd: process.cwd() });
  const database = await openDatabase({ quiet: true });
  try {
    const env = productEnvironment(database);
    const migrated = await runHere(process.execPath, [programFile('migrate')], { env });
    return migrated === 0
      ? await runHere(process.execPath, cli, { env, cwd: process.env.INIT_CWD ?? process.cwd() })
      : migrated;
  } finally {
    await database.leave();
  }
}
