import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeLeftovers, temporaryFolder } from '../../../scripts/lib/embedded-postgres/temporary.mjs';

const script = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));

/** The product with the small sample company that the browser tests look at. */
export async function sampleProduct() {
  const made = process.env.STEWARD_E2E_SAMPLE ?? '';
  const product = await freshProduct();
  if (existsSync(made) && copyInto(product.home, made)) return product;
  try {
    await product.cli(['sample', 'load', '--accounts', '40', '--months', '4']);
  } catch (error) {
    product.close();
    throw error;
  }
  return product;
}

/**
 * Copies the database of a product that does not run, with its owner, who is not always the one who copies.
 * @param {string} home
 * @param {string} from
 * @returns {boolean} false where it lies elsewhere or cannot be copied so
 */
function copyInto(home, from) {
  const names = readdirSync(from).filter((name) => /^postgres-(\d+|password)$/.test(name));
  if (process.platform === 'win32' || names.length < 2) return false;
  execFileSync('cp', ['-Rp', ...names.map((name) => join(from, name)), home]);
  return true;
}

/**
 * The product by its own commands, in a fresh folder with a database of its own; `close` removes the folder.
 * @param {Record<string, string>} [settings]
 */
export async function freshProduct(settings = {}) {
  await removeLeftovers();
  const home = temporaryFolder();
  const env = {
    ...process.env,
    DATABASE_URL: '',
    REDIS_URL: '',
    STEWARD_HOME: home,
    FILES_FOLDER: join(home, 'files'),
    HOST: '127.0.0.1',
    ...settings,
  };
  /** @param {string[]} args @param {Record<string, string>} [more] */
  const run = (args, more = {}) =>
    spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...env, ...more } });

  return {
    home,
    /** @param {number | string} port */
    start: (port) => run(['start'], { PORT: String(port) }),
    /** @param {string[]} args */
    async cli(args) {
      const [code] = await once(run(['cli', ...args]), 'exit');
      if (code !== 0) throw new Error(`steward ${args.join(' ')} ended with ${code}`);
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}
