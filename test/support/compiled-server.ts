import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(__dirname, '../..');

/** Makes the server as it is shipped: killing must hit the very process that does the work. Answers its programs' folder. */
export function compileServer(): string {
  const build = pathToFileURL(join(root, 'scripts/lib/build.mjs')).href;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['-e', `import(${JSON.stringify(build)}).then((m) => m.buildServer())`],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The server does not compile:\n${stderr}`);
  return join(root, 'apps/api/bundle');
}
