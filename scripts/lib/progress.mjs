const TELL_EVERY_MS = 10_000;

/**
 * Shows that a step began, that it still goes on, and how long it took.
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} work
 * @param {(line: string) => void} [say]
 */
export async function step(title, work, say = (line) => process.stderr.write(`${line}\n`)) {
  const start = Date.now();
  const seconds = () => ((Date.now() - start) / 1000).toFixed(1);
  say(`• ${title} …`);
  const timer = setInterval(() => say(`  … ${Math.round((Date.now() - start) / 1000)} s`), TELL_EVERY_MS);
  try {
    const result = await work();
    say(`  done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** @param {string} line */
export const note = (line) => process.stderr.write(`${line}\n`);
