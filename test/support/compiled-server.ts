import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(__dirname, '../..');

/** The server as it is shipped, and the modules that it was joined from. */
export interface CompiledServer {
  programs: string;
  modules: string;
}

/** Makes the server as it is shipped: killing must hit the very process that does the work. */
export function compileServer(): CompiledServer {
  const build = pathToFileURL(join(root, 'scripts/lib/build.mjs')).href;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['-e', `import(${JSON.stringify(build)}).then((m) => m.buildServer())`],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The server does not compile:\n${stderr}`);
  return { programs: join(root, 'apps/api/bundle'), modules: join(root, 'apps/api/dist') };
}
