/**
 * Everything the project's npm scripts do, on Node's built-in modules alone: this file runs before anything is installed.
 */
const commands = {
  start: () => import('./commands/start.mjs'),
  dev: () => import('./commands/dev.mjs'),
  install: () => import('./commands/install.mjs'),
  build: () => import('./commands/build.mjs'),
  test: () => import('./commands/test.mjs'),
  check: () => import('./commands/check.mjs'),
  cli: () => import('./commands/cli.mjs'),
  bench: () => import('./commands/bench.mjs'),
};

/** Those that are set by variables of the environment alone: a word too many is said, not passed over. */
const withoutArguments = new Set(['start', 'dev', 'build', 'check']);

const [name = '', ...args] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Steward needs Node 20.19 or newer; this is ${process.versions.node}.`);
} else if (!Object.hasOwn(commands, name)) {
  fail(`Usage: node scripts/run.mjs <${Object.keys(commands).join(' | ')}>`);
} else if (withoutArguments.has(name) && args.length > 0) {
  const usage = `${name} takes no arguments. Ports, databases and the rest are set by variables such as PORT: see README.md.`;
  if (args.every((arg) => arg === '--help' || arg === '-h')) console.log(usage);
  else fail(`${args.join(' ')}: ${usage}`);
} else {
  try {
    const command = await commands[/** @type {keyof typeof commands} */ (name)]();
    process.exitCode = await command.run(args);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    if (/** @type {NodeJS.ErrnoException} */ (error)?.code === 'EACCES') {
      fail('These files belong to another user, maybe because Steward was first started as root. Use that user again.');
    }
    if (process.env.STEWARD_DEBUG) console.error(error);
  }
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
