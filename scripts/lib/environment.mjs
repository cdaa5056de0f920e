import { join } from 'node:path';
import { home } from './places.mjs';

/**
 * What the product's programs are told: what this process was told, the database in use, and logs for a terminal.
 * @param {{ url: string } | null} database
 * @param {Record<string, string>} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function productEnvironment(database, more = {}) {
  const { LOG_FORMAT = 'text', LOG_LEVEL = 'warn', FILES_FOLDER = join(home, 'files') } = process.env;
  return { ...process.env, LOG_FORMAT, LOG_LEVEL, FILES_FOLDER, DATABASE_URL: database?.url, ...more };
}
