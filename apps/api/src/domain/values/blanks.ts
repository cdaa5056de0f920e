/** Spellings of "no value" that spreadsheets, databases and scripts write into any column. */
const BLANKS = new Set([
  '',
  '-',
  '--',
  '–',
  '—',
  '.',
  '#n/a',
  '#na',
  'n/a',
  'n.a.',
  '#null!',
  '#value!',
  '#ref!',
  '#div/0!',
  '#name?',
  '#num!',
  'null',
  '(null)',
  '<null>',
  '\\n',
  'none',
  'nan',
  '(blank)',
  '(empty)',
  'undefined',
]);

/** Spellings that are blanks among numbers and dates, but may be words in a text (Namibia, a first name, a question). */
const BLANKS_OF_VALUES = new Set(['na', 'nil', '?', 'unknown', 'tbd', 'n.v.', 'k.a.']);

/** Whether a cell says "no value". */
export function isBlank(text: string, among: 'text' | 'values' = 'values'): boolean {
  const spelling = text.trim().toLowerCase();
  return BLANKS.has(spelling) || (among === 'values' && BLANKS_OF_VALUES.has(spelling));
}
