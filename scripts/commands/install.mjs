import { ensureInstalled, install, inWorkspace } from '../lib/install.mjs';
import { step } from '../lib/progress.mjs';

/** `install` follows the lockfile; `install --update` lets changed package.json files change it. @param {string[]} args */
export async function run(args) {
  if (args.includes('--update')) {
    await inWorkspace(() =>
      step('Installing packages and updating the lockfile', () => install(['--no-frozen-lockfile'])),
    );
  } else await ensureInstalled();
  return 0;
}
