import { parseArgs } from 'node:util';

/**
 * Reads `--accounts 20000 --pairs 5 --quick` over defaults: numbers stay numbers, `--quick` swaps in smaller sizes before
 * what is given by hand, and an option that the bench does not have ends it with the list of those it has.
 */
export function optionsOf<Sizes extends Record<string, number>, Flag extends string = never>(
  sizes: Sizes,
  quick: Partial<Sizes>,
  flags: readonly Flag[] = [],
): Record<keyof Sizes, number> & Record<Flag, boolean> & { database: string | null } {
  const names = Object.keys(sizes);
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean' },
      database: { type: 'string' },
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
      ...Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }])),
    },
  });
  const given = values as Record<string, string | boolean | undefined>;
  const chosen: Record<string, number> = { ...sizes, ...(given['quick'] ? quick : {}) };
  for (const name of names) {
    if (given[name] === undefined) continue;
    const value = Number(given[name]);
    if (!Number.isFinite(value) || value <= 0)
      throw new Error(`--${name} takes a number above 0, not "${given[name]}"`);
    chosen[name] = value;
  }
  const switched = Object.fromEntries(flags.map((flag) => [flag, given[flag] === true]));
  const database = typeof given['database'] === 'string' ? given['database'] : null;
  return { ...chosen, ...switched, database } as ReturnType<typeof optionsOf<Sizes, Flag>>;
}
