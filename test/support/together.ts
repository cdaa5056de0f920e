import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(__dirname, '../integration');
const SPEC = /\.int\.spec\.ts$/;

/** Folders of integration tests by the file that runs them. `others` runs every folder that is not named here. */
const GROUPS: Record<string, readonly string[]> = {
  pipeline: ['pipeline'],
  goals: ['goals', 'sample'],
  alerts: ['alerts', 'live', 'notifications'],
  intake: ['intake', 'security'],
  segments: ['segments', 'bulk'],
  accounts: ['accounts', 'access', 'touch'],
  reports: ['reports'],
  studio: ['studio', 'model'],
};

/**
 * Runs every spec of a group in one file, which loads the application once for all of them: that takes longer than most
 * specs do. Each has its own environment and spies; what it leaves behind in a module, the next one finds.
 */
export function together(group: string): void {
  for (const file of specsOf(group)) {
    describe(relative(root, file), () => {
      const environment = { ...process.env };
      afterAll(() => {
        jest.restoreAllMocks();
        process.env = environment;
      });
      load(file);
    });
  }
}

function specsOf(group: string): string[] {
  const named = Object.values(GROUPS).flat();
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => SPEC.test(path))
    .filter((path) => {
      const folder = path.split(/[\\/]/)[0]!;
      return GROUPS[group]?.includes(folder) ?? !named.includes(folder);
    })
    .sort()
    .map((path) => join(root, path));
}

/** A spec that cannot be loaded fails alone; the others of its group run. */
function load(file: string): void {
  try {
    require(file);
  } catch (error) {
    it('can be loaded', () => {
      throw error;
    });
  }
}
