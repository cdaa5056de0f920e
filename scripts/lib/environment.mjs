import { join } from 'node:path';
import { home } from './places.mjs';

/**
 * Left alone, the C library keeps a heap of what was freed for every thread of Node: 10 to 20 MB of a worker. Other
 * libraries do not read it.
 */
const FEW_HEAPS = '2';

/**
 * What the product's programs are told: what this process was told, the database in use, and logs for a terminal.
 * @param {{ url: string } | null} database
 * @param {Record<string, string>} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function productEnvironment(database, more = {}) {
  const {
    LOG_FORMAT = 'text',
    LOG_LEVEL = 'warn',
    FILES_FOLDER = join(home, 'files'),
    MALLOC_ARENA_MAX = FEW_HEAPS,
  } = process.env;
  const own = { LOG_FORMAT, LOG_LEVEL, FILES_FOLDER, MALLOC_ARENA_MAX };
  return { ...process.env, ...own, DATABASE_URL: database?.url, ...more };
}
