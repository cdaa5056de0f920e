import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Whom PostgreSQL runs as. It refuses to run as root, so root hands it to the system's own account for it, or to nobody.
 * @typedef {{ name: string, uid: number, gid: number }} SystemUser
 */

/** @returns {SystemUser | null} null: as the current user */
export function databaseUser() {
  if (process.getuid?.() !== 0) return null;
  const users = systemUsers();
  const user = users.find((u) => u.name === 'postgres') ?? users.find((u) => u.name === 'nobody');
  if (!user) throw new Error('PostgreSQL cannot run as root, and this system has neither a user postgres nor nobody');
  return user;
}

/** @returns {SystemUser[]} */
function systemUsers() {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((user) => user.name !== '' && user.uid > 0);
}

/**
 * Whether a user can enter a folder: every folder above it must let them pass.
 * @param {string} folder an existing folder
 * @param {SystemUser | null} user
 */
export function canReach(folder, user) {
  if (!user) return true;
  for (let path = realpathSync(folder); ; path = dirname(path)) {
    const { mode, uid, gid } = statSync(path);
    const mayPass = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
    if (!mayPass) return false;
    if (path === dirname(path)) return true;
  }
}
