import { runHere } from '../lib/commands.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { inRoot } from '../lib/places.mjs';

const bin = (/** @type {string} */ name) => inRoot('node_modules', '.bin', name);
const projects = ['packages/shared', 'migrations', 'apps/api', 'apps/web', 'test', 'scripts'];

/** Format, lint, types, import rules and dead code: all are run, so that one run shows everything there is to mend. */
export async function run() {
  await ensureInstalled();
  const checks = [
    { name: 'Format and lint', program: bin('biome'), args: ['check', '--error-on-warnings', '.'] },
    ...projects.map((project) => ({ name: `Types of ${project}`, program: bin('tsc'), args: ['-p', project] })),
    {
      name: 'Import rules',
      program: bin('depcruise'),
      args: ['--config', 'dependency-cruiser.config.mjs', '--output-type', 'err', ...sources],
    },
    { name: 'Dead code', program: bin('knip'), args: ['--no-progress'] },
  ];
  const failed = [];
  for (const { name, program, args } of checks) {
    process.stdout.write(`• ${name}\n`);
    if ((await runHere(program, args)) !== 0) failed.push(name);
  }
  process.stdout.write(failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.join(', ')}\n`);
  return failed.length === 0 ? 0 : 1;
}

const sources = ['apps/api/src', 'apps/web/src', 'packages/shared/src', 'migrations/src', 'test'];
