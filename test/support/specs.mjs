import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Folders of the specs that stand beside what they test, by the jest project that runs them. */
const FOLDERS = { unit: ['apps/api/src', 'packages/shared/src', 'migrations/src'], web: ['apps/web/src'] };

/**
 * Specs by their full paths. One that puts something else in a module's place runs in a file of its own: others of its
 * file would find that too.
 * @param {keyof typeof FOLDERS} project
 */
export function specsOf(project) {
  const all = FOLDERS[project].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.spec\.tsx?$/.test(path))
      .map((path) => join(root, folder, path)),
  );
  const alone = all.filter((path) => /\bjest\.(do)?[mM]ock\(/.test(readFileSync(path, 'utf8')));
  return { alone, together: all.filter((path) => !alone.includes(path)).sort() };
}
