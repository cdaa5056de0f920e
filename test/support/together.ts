import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { specsOf as specsBeside } from './specs.mjs';

const root = join(__dirname, '../integration');
const product = join(__dirname, '../..');
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
  for (const file of specsOf(group)) runIn(relative(root, file), file);
}

/** The same for each third of the specs that stand beside what they test: most take as long to load as to run. */
export function thirdTogether(project: 'unit' | 'web', third: 1 | 2 | 3): void {
  const files = specsBeside(project).together.filter((_, index) => index % 3 === third - 1);
  for (const file of files) runIn(relative(product, file), file);
}

function runIn(title: string, file: string): void {
  describe(title, () => {
    const environment = { ...process.env };
    const { fetch } = globalThis;
    afterAll(() => {
      jest.restoreAllMocks();
      process.env = environment;
      globalThis.fetch = fetch;
    });
    load(file);
  });
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
