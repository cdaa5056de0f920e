import { readdirSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

interface SourceFile {
  path: string;
  text: string;
}

function sourcesOf(folder: string): SourceFile[] {
  return readdirSync(resolve(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.spec\.tsx?$/.test(entry.name))
    .map((entry) => resolve(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path), text: withoutComments(readFileSync(path, 'utf8')) }));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** The files outside the allowed places whose text matches. */
function offenders(files: readonly SourceFile[], pattern: RegExp, allowed?: RegExp): string[] {
  return files.filter(({ path, text }) => !allowed?.test(path) && pattern.test(text)).map(({ path }) => path);
}

/** Constructors that take more than they should: `[file, number of parameters]`. */
function crowdedConstructors(files: readonly SourceFile[], most: number): [string, number][] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(/constructor\(([\s\S]*?)\)\s*\{/g)]
      .map((match) => (match[1] ?? '').match(/\b(private|protected|public)?\s*readonly\s+\w+\??:/g)?.length ?? 0)
      .filter((count) => count > most)
      .map((count): [string, number] => [path, count]),
  );
}

/** Files longer than a reader takes in, comments apart: `[file, number of lines]`. */
function longFiles(files: readonly SourceFile[], most: number): [string, number][] {
  return files
    .map(({ path, text }): [string, number] => [path, text.split('\n').length - 1])
    .filter(([, lines]) => lines > most);
}

const api = sourcesOf('apps/api/src');
const product = [...api, ...sourcesOf('apps/web/src'), ...sourcesOf('packages/shared/src')];

const READS_ENVIRONMENT = /process\.env\b/;
const READS_CLOCK_OR_CHANCE = /\bDate\.now\(|new Date\(\)|Math\.random\(|randomUUID|performance\.now\(/;
const NAMELESS_LOCK = /\bpg_\w*advisory\w*\((?!\$\{LOCKS\.)/;
const SYSTEM_SCOPE = /\bScope\.system\(/;
const READER_OF_ALL = /\breader: null\b/;
const UNGUARDED_MUTATION = /\buseMutation\b[^;]*from '@tanstack\/react-query'/;

describe('source rules', () => {
  it('let one place read the environment', () => {
    expect(offenders(product, READS_ENVIRONMENT, /^apps\/api\/src\/platform\/config\//)).toEqual([]);
  });

  it('keep the clock and chance out of the domain', () => {
    const domain = api.filter(({ path }) => path.startsWith('apps/api/src/domain/'));
    expect(domain.length).toBeGreaterThan(10);
    expect(offenders(domain, READS_CLOCK_OR_CHANCE)).toEqual([]);
  });

  it('let only the pipeline, the command line and intake see every account', () => {
    const allowed = /^apps\/api\/src\/(pipeline|intake|cli)\b|^apps\/api\/src\/platform\/auth\/scope\.ts$/;
    expect(offenders(api, SYSTEM_SCOPE, allowed)).toEqual([]);
  });

  it('let only the stages put rules to everybody’s accounts at once', () => {
    expect(offenders(api, READER_OF_ALL, /^apps\/api\/src\/stages\//)).toEqual([]);
  });

  it('take every advisory lock by its name, so that no two are the same by accident', () => {
    expect(offenders(api, NAMELESS_LOCK)).toEqual([]);
  });

  it('let every change by a person be done once, however quickly it is asked for twice', () => {
    expect(offenders(product, UNGUARDED_MUTATION, /^apps\/web\/src\/lib\/mutation\.ts$/)).toEqual([]);
  });

  it('allow no forward references between modules', () => {
    expect(offenders(api, /\bforwardRef\(/)).toEqual([]);
  });

  it('keep constructors to six dependencies', () => {
    expect(crowdedConstructors(api, 6)).toEqual([]);
  });

  it('keep files to 400 lines of code', () => {
    expect(longFiles([...product, ...sourcesOf('migrations/src')], 400)).toEqual([]);
  });

  it('would fire', () => {
    const file = (path: string, text: string): SourceFile => ({ path, text });
    const bad = [
      file('apps/api/src/records/a.ts', 'const port = process.env.PORT'),
      file('apps/api/src/domain/b.ts', 'const now = Date.now()'),
      file('apps/api/src/desk/c.ts', `const all = Scope.system('because')`),
      file('apps/api/src/desk/d.ts', 'query(`SELECT pg_advisory_xact_lock(7303, 0)`)'),
      file('apps/web/src/lib/g.ts', `import { queryOptions, useMutation } from '@tanstack/react-query';`),
      file('apps/api/src/desk/f.ts', 'compileRule(rule, { catalogue, context, binder, reader: null })'),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a source file
      file('apps/api/src/desk/e.ts', 'query(`SELECT pg_try_advisory_xact_lock(${LOCKS.sample}, 0)`)'),
    ];
    expect(offenders(bad, READS_ENVIRONMENT, /platform\/config/)).toEqual(['apps/api/src/records/a.ts']);
    expect(offenders(bad, READS_CLOCK_OR_CHANCE)).toEqual(['apps/api/src/domain/b.ts']);
    expect(offenders(bad, SYSTEM_SCOPE, /pipeline/)).toEqual(['apps/api/src/desk/c.ts']);
    expect(offenders(bad, READER_OF_ALL, /stages/)).toEqual(['apps/api/src/desk/f.ts']);
    expect(offenders(bad, NAMELESS_LOCK)).toEqual(['apps/api/src/desk/d.ts']);
    expect(offenders(bad, UNGUARDED_MUTATION)).toEqual(['apps/web/src/lib/g.ts']);
    const crowded = 'class X { constructor(private readonly a: A, private readonly b: B) {} }';
    expect(crowdedConstructors([file('x.ts', crowded)], 1)).toEqual([['x.ts', 2]]);
    expect(longFiles([file('y.ts', 'a\nb\n'), file('z.ts', 'a\n')], 1)).toEqual([['y.ts', 2]]);
  });
});
