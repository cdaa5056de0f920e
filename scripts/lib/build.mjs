import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { bundlePrograms } from './bundle.mjs';
import { runQuietly } from './commands.mjs';
import { inWorkspace } from './install.mjs';
import { inRoot } from './places.mjs';
import { step } from './progress.mjs';
import { dropStamp, filesUnder, fingerprint, readStamp, writeStamp } from './stamps.mjs';

/** @typedef {{ title: string, folder: string, source: string, isSource: (file: string) => boolean }} CompiledPackage */

/** @param {string} file */
const isCode = (file) => /\.tsx?$/.test(file) && !/\.(spec|d)\.tsx?$/.test(file);

/** @type {CompiledPackage} */
const api = { title: 'api', folder: 'apps/api', source: 'src', isSource: isCode };

/** @type {CompiledPackage[]} */
const serverPackages = [
  { title: 'shared', folder: 'packages/shared', source: 'src', isSource: isCode },
  { title: 'migrations', folder: 'migrations', source: 'src', isSource: isCode },
  api,
];

/** @type {CompiledPackage} */
const benches = { title: 'benches', folder: 'test', source: 'bench', isSource: isCode };

const compilerFiles = () => [inRoot('scripts/lib/swc-options.mjs'), inRoot('pnpm-lock.yaml')];

const bundleFolder = inRoot('apps/api/bundle');

/** What Node runs for a door of the server. @param {'main' | 'worker' | 'cli' | 'migrate'} door */
export const programFile = (door) => join(bundleFolder, `${door}.js`);

/** Makes what the server and the command line run, where its source changed. */
export async function buildServer() {
  await buildPackages(serverPackages);
  await makeOnce({ title: 'the server', output: bundleFolder, stamp: programsStamp, make: bundle });
}

export async function buildBenches() {
  await buildServer();
  await buildPackages([benches]);
}

/** Of what the bundle is made from, which are the compiled modules: sources may have changed since. */
const programsStamp = () =>
  fingerprint(
    [...compilerFiles(), inRoot('scripts/lib/bundle.mjs')],
    serverPackages.map((one) => readStamp(join(outputOf(one), '.stamp'))).join(),
  );

/** @param {string} next */
async function bundle(next) {
  await bundlePrograms(outputOf(api), next);
}

/** @param {CompiledPackage[]} packages */
async function buildPackages(packages) {
  if (packages.every(isBuilt)) return;
  await inWorkspace(async () => {
    const stale = packages.filter((one) => !isBuilt(one));
    if (stale.length === 0) return;
    await step(`Building ${stale.map((one) => one.title).join(', ')}`, async () => {
      for (const one of stale) await compile(one);
    });
  });
}

/** @param {CompiledPackage} one */
function sourcesOf({ folder, source, isSource }) {
  const from = inRoot(folder, source);
  return existsSync(from) ? filesUnder(from).filter(isSource) : [];
}

/** @param {CompiledPackage} one */
const stampOf = (one) => fingerprint([...compilerFiles(), ...sourcesOf(one)]);

/** @param {CompiledPackage} one */
const outputOf = ({ folder }) => inRoot(folder, 'dist');

/** @param {CompiledPackage} one */
const isBuilt = (one) => readStamp(join(outputOf(one), '.stamp')) === stampOf(one);

/**
 * Writes each file under a temporary name first, so that whoever reads this folder meanwhile never reads half of one.
 * @param {CompiledPackage} one
 */
async function compile(one) {
  const { transform } = await import('@swc/core');
  const { swcOptions } = await import('./swc-options.mjs');
  const stamp = stampOf(one);
  const output = outputOf(one);
  const stampFile = join(output, '.stamp');
  dropStamp(stampFile);
  const written = new Set([stampFile]);
  for (const file of sourcesOf(one)) {
    const target = join(output, relative(inRoot(one.folder, one.source), file)).replace(/\.tsx?$/, '.js');
    const { code, map = '' } = await transform(readFileSync(file, 'utf8'), {
      ...swcOptions('es6', { tsx: file.endsWith('.tsx') }),
      filename: file,
      sourceFileName: relative(dirname(target), file),
    });
    mkdirSync(dirname(target), { recursive: true });
    writeWhole(target, `${code}\n//# sourceMappingURL=${basename(target)}.map\n`);
    writeWhole(`${target}.map`, map);
    written.add(target).add(`${target}.map`);
  }
  for (const file of filesUnder(output)) if (!written.has(file)) rmSync(file);
  writeStamp(stampFile, stamp);
}

/** @param {string} path @param {string} text */
function writeWhole(path, text) {
  const half = `${path}.${process.pid}.new`;
  writeFileSync(half, text);
  renameSync(half, path);
}

/** Bundles the pages, where their source or the contract changed. */
export async function buildWeb() {
  const web = inRoot('apps/web');
  const skip = (/** @type {string} */ name) => name === 'node_modules' || name.startsWith('dist');
  const stamp = () =>
    fingerprint([...compilerFiles(), ...filesUnder(web, skip), ...filesUnder(inRoot('packages/shared/src'))]);
  /** @param {string} next */
  const make = async (next) => {
    const vite = join(web, 'node_modules/vite/bin/vite.js');
    await runQuietly(process.execPath, [vite, 'build', '--outDir', next, '--emptyOutDir', '--logLevel', 'warn'], {
      cwd: web,
      failure: 'Building the pages failed',
    });
  };
  await makeOnce({ title: 'the pages', output: join(web, 'dist'), stamp, make });
}

/**
 * Makes a folder anew beside the present one, which it then replaces, unless that was made from the same.
 * @param {{ title: string, output: string, stamp: () => string, make: (next: string) => Promise<void> }} folder
 */
async function makeOnce({ title, output, stamp, make }) {
  const isMade = () => readStamp(join(output, '.stamp')) === stamp();
  if (isMade()) return;
  await inWorkspace(async () => {
    if (isMade()) return;
    await step(`Building ${title}`, async () => {
      const next = `${output}.next`;
      const madeFrom = stamp();
      rmSync(next, { recursive: true, force: true });
      await make(next);
      writeStamp(join(next, '.stamp'), madeFrom);
      // Whoever starts a program or asks for a page at this moment misses the folder as briefly as can be.
      const old = `${output}.old`;
      rmSync(old, { recursive: true, force: true });
      if (existsSync(output)) renameSync(output, old);
      renameSync(next, output);
      rmSync(old, { recursive: true, force: true });
    });
  });
}
