import { spawn } from 'node:child_process';
import { inRoot } from '../lib/places.mjs';
import { run as start } from './start.mjs';

const DEV_PORT = process.env.PORT || '3000';

/** The product as `start` runs it, with pages served from source and reloaded as they change. */
export async function run() {
  process.env.PORT = DEV_PORT;
  const web = inRoot('apps/web');
  const pages = spawn(process.execPath, [inRoot('apps/web/node_modules/vite/bin/vite.js')], {
    cwd: web,
    stdio: 'inherit',
    env: { ...process.env, STEWARD_API_URL: `http://127.0.0.1:${DEV_PORT}` },
  });
  try {
    return await start();
  } finally {
    pages.kill('SIGTERM');
  }
}
