import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeLeftovers, TEMPORARY_PREFIX } from '../../../scripts/lib/embedded-postgres/temporary.mjs';

/** Runs the product by its own start command in a fresh folder, which is gone at the end. */
await removeLeftovers();
const home = mkdtempSync(join(tmpdir(), `${TEMPORARY_PREFIX}${process.pid}-`));
chmodSync(home, 0o755);

const product = spawn(
  process.execPath,
  [fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url)), 'start'],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: '',
      REDIS_URL: '',
      STEWARD_HOME: home,
      FILES_FOLDER: join(home, 'files'),
      HOST: '127.0.0.1',
      PORT: process.env.STEWARD_E2E_PORT,
    },
  },
);

for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => product.kill('SIGTERM'));

product.once('exit', (code) => {
  rmSync(home, { recursive: true, force: true });
  process.exit(code ?? 1);
});
