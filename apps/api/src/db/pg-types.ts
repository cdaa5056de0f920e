import pg from 'pg';

const OID = {
  int8: 20,
  date: 1082,
  numeric: 1700,
  textArray: 1009,
  int8Array: 1016,
  realArray: 1021,
  dateArray: 1182,
  uuidArray: 2951,
} as const;

type Parse = (text: string) => unknown;

/** The driver's own parsers, by any type's number: its declaration knows only some. */
const builtIn = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => Parse;
const textArray = builtIn(OID.textArray) as (text: string) => (string | null)[];

/** 64-bit counts and minor units stay far below 2^53; one that does not is an error, never a rounded number. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`the database holds ${text}, beyond the range of exact integers`);
  return value;
}

const builtInRealArray = builtIn(OID.realArray);

/** Signals and scores come as lists of numbers by the hundred: the driver's own reading goes sign by sign. */
function realArray(text: string): unknown {
  // More dimensions, or another first place than 1, are left to the driver.
  if (text.charCodeAt(0) !== 123 || text.includes('{', 1)) return builtInRealArray(text);
  if (text.length === 2) return [];
  return text
    .slice(1, -1)
    .split(',')
    .map((item) => (item === 'NULL' ? null : Number(item)));
}

/** Ids hold no sign that is quoted in a list. */
function uuidArray(text: string): unknown {
  if (text.charCodeAt(0) !== 123 || text.includes('{', 1)) return textArray(text);
  if (text.length === 2) return [];
  const items: (string | null)[] = text.slice(1, -1).split(',');
  for (let index = 0; index < items.length; index += 1) if (items[index] === 'NULL') items[index] = null;
  return items;
}

const parsers = new Map<number, Parse>([
  [OID.int8, safeInteger],
  [OID.date, (text) => text],
  [OID.numeric, Number],
  [OID.dateArray, textArray],
  [OID.realArray, realArray],
  [OID.uuidArray, uuidArray],
  [OID.int8Array, (text) => textArray(text).map((item) => (item === null ? null : safeInteger(item)))],
]);

/**
 * How values come out of PostgreSQL: days as ISO text (a Date would carry a time zone), bigint and numeric as numbers,
 * timestamptz as Date. Given to each pool; nothing global is changed.
 */
export const pgTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): Parse {
    if (format !== 'binary') {
      const own = parsers.get(oid);
      if (own) return own;
    }
    return builtIn(oid, format);
  },
};
