/** Names of the months in the languages that exports most often carry, compared by their first letters. */
const MONTHS: readonly (readonly string[])[] = [
  ['january', 'januar', 'jänner', 'janvier', 'enero'],
  ['february', 'februar', 'feber', 'février', 'febrero'],
  ['march', 'märz', 'maerz', 'mrz', 'mars', 'marzo'],
  ['april', 'avril', 'abril'],
  ['may', 'mai', 'mayo'],
  ['june', 'juni', 'juin', 'junio'],
  ['july', 'juli', 'juillet', 'julio'],
  ['august', 'août', 'agosto'],
  ['september', 'septembre', 'septiembre', 'sept'],
  ['october', 'oktober', 'octobre', 'octubre'],
  ['november', 'novembre', 'noviembre'],
  ['december', 'dezember', 'décembre', 'diciembre'],
];

/** 1–12, or null. A name may be cut to three letters or more where that fits one month only. */
export function monthFromName(name: string): number | null {
  const wanted = name.toLowerCase();
  if (wanted.length < 3) return null;
  const exact = MONTHS.findIndex((names) => names.includes(wanted));
  if (exact !== -1) return exact + 1;
  const fitting = MONTHS.flatMap((names, index) => (names.some((full) => full.startsWith(wanted)) ? [index + 1] : []));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}
