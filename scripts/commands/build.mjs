import { buildServer, buildWeb } from '../lib/build.mjs';
import { ensureInstalled } from '../lib/install.mjs';

export async function run() {
  await ensureInstalled();
  await buildServer();
  await buildWeb();
  return 0;
}
