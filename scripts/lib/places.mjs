import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the project keeps what it makes while running: data, locks, logs. */
export const home = process.env.STEWARD_HOME ?? join(root, '.steward');

/** @param {string[]} parts */
export const inRoot = (...parts) => join(root, ...parts);

/** One process at a time installs and builds. */
export const workspaceLock = join(root, '.steward', 'run', 'workspace.lock');

export const serverLock = join(home, 'run', 'server.lock');
