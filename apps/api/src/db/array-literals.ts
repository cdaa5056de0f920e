/**
 * Lists as PostgreSQL reads them, built in one go: for statements that take hundreds of values at a time, where the
 * driver's own way, item by item, costs more than the statement's other work in this process.
 */

/** Of numbers, days, uuids and other texts that hold no sign with a meaning in a list. */
export function plainArray(items: readonly (string | number | null)[]): string {
  let list = '{';
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    list += index === 0 ? (item ?? 'NULL') : `,${item ?? 'NULL'}`;
  }
  return `${list}}`;
}

const MEANS_SOMETHING = /["\\]/;

/** Of any texts. */
export function textArray(items: readonly (string | null)[]): string {
  let list = '{';
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) list += ',';
    const item = items[index];
    if (item === null || item === undefined) list += 'NULL';
    else list += MEANS_SOMETHING.test(item) ? `"${item.replaceAll(/["\\]/g, '\\$&')}"` : `"${item}"`;
  }
  return `${list}}`;
}
