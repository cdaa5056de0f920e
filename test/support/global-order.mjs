/**
 * One for each worker, of parts of the product that share little: whoever loads a file first compiles it, and three who
 * load the same files at once would compile them three times.
 */
const BEGINNING = [/\/together\/1-pipeline\./, /\/together\/web-1\./, /\/together\/unit-2\./];

/** What takes longest comes first, so that no worker is left with it at the end; the many small files fill the gap. */
const ORDER = [...BEGINNING, /\/integration\//, /\/architecture\//, /\.group\.ts$/, /\/src\//];

/** @param {string} path */
const placeOf = (path) => {
  const place = ORDER.findIndex((pattern) => pattern.test(path.replaceAll('\\', '/')));
  return place === -1 ? ORDER.length : place;
};

/** The order in which jest runs test files: by their kind, and within it by their names, which are numbered where it counts. */
export default class GlobalOrder {
  /** @param {readonly { path: string }[]} tests */
  sort(tests) {
    return [...tests].sort((a, b) => placeOf(a.path) - placeOf(b.path) || a.path.localeCompare(b.path));
  }

  /** @param {readonly { path: string }[]} tests */
  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
