import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A stamp is the fingerprint of what something was made from, kept beside it: while both are equal, making it again
 * would change nothing.
 */

/** Every file under a folder, sorted. @param {string} folder @param {(name: string) => boolean} [skip] @returns {string[]} */
export function filesUnder(folder, skip = () => false) {
  const files = [];
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (skip(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...filesUnder(path, skip));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

/**
 * @param {string[]} files
 * @param {string} [salt]
 */
export function fingerprint(files, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** @param {string} path */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** @param {string} path @param {string} stamp */
export function writeStamp(path, stamp) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, stamp);
}

/** @param {string} path */
export const dropStamp = (path) => rmSync(path, { force: true });
