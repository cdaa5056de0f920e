import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '../..');
const sources = ['apps/api/src', 'apps/web/src', 'packages/shared/src', 'migrations/src', 'test'];

interface Violation {
  rule: { name: string };
  from: string;
  to: string;
}

/** Runs the import rules over a folder laid out like the project. */
async function violationsIn(folder: string): Promise<{ violations: Violation[]; rules: string[]; modules: number }> {
  const program = resolve(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = resolve(root, 'dependency-cruiser.config.mjs');
  const args = [program, '--config', config, '--output-type', 'json', ...sources];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 28 });
  const { summary } = JSON.parse(stdout);
  return {
    violations: summary.violations,
    rules: summary.ruleSetUsed.forbidden.map((rule: { name: string }) => rule.name),
    modules: summary.totalCruised,
  };
}

describe('import rules', () => {
  it('are kept by the whole project', async () => {
    const { violations, modules } = await violationsIn(root);
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(modules).toBeGreaterThan(100);
  }, 120_000);

  it('all fire on a project that breaks each of them', async () => {
    const { violations, rules } = await violationsIn(resolve(__dirname, 'fixtures/bad'));
    const fired = new Set(violations.map(({ rule }) => rule.name));
    expect(rules.filter((rule) => !fired.has(rule))).toEqual([]);
  }, 120_000);
});
