import { join } from 'node:path';
import { inRoot } from './places.mjs';

/** The doors, and what a worker's further threads run. */
const PROGRAMS = ['main', 'worker', 'run-thread', 'cli', 'migrate'];

/** Installed packages that hold compiled code stay outside. */
const external = [/^@node-rs\//];

/** What Nest asks for and does without where it is not installed, as here. */
const OPTIONAL = [
  /^@nestjs\/(microservices|websockets)(\/|$)/,
  /^class-(validator|transformer)(\/|$)/,
  /^@fastify\/static$/,
];

/**
 * V8 keeps the text of a file, and at two bytes a character as soon as one of them is none of Latin 1. The few that are
 * stand in strings and patterns, where they can be written as escapes.
 * @type {import('rolldown').Plugin}
 */
const oneByteText = {
  name: 'one-byte-text',
  generateBundle(_options, output) {
    for (const file of Object.values(output)) {
      if (file.type !== 'chunk') continue;
      // There the backslash of the escape would itself be escaped.
      if (/\\[^\0-\xff]/.test(file.code)) throw new Error(`${file.fileName}: a backslash before such a character`);
      file.code = file.code.replace(/[^\0-\xff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

/**
 * Joins the compiled modules of the server, and the packages that they use, into a few files: a program that reads 9
 * files instead of 3,000 starts in a third of the time and holds 50 MB less. Lines and names stay as they are, so that
 * the trace of an error can be read.
 * @param {string} compiled where the modules are
 * @param {string} output
 */
export async function bundlePrograms(compiled, output) {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: Object.fromEntries(PROGRAMS.map((name) => [name, join(compiled, `${name}.js`)])),
    cwd: inRoot(),
    platform: 'node',
    external: [...external, ...OPTIONAL],
    onLog(level, message) {
      // Of decorated methods the compiler names the types of parameters, zod's own among them, where they are values or not.
      if (message.code === 'IMPORT_IS_UNDEFINED') return;
      throw new Error(`${level}: ${message.message}`);
    },
  });
  try {
    await bundle.write({
      dir: output,
      format: 'esm',
      keepNames: true,
      comments: false,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      plugins: [oneByteText],
    });
  } finally {
    await bundle.close();
  }
}
