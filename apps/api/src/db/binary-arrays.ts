import { type Day, toDay } from '../domain/calendar/day.js';

/**
 * Lists in PostgreSQL's binary form, which the server reads several times faster than text: for the ids and days of
 * statements that take hundreds of them at a time. The driver sends a Buffer as it is.
 */

const UUID = { oid: 2950, bytes: 16 };
const DATE = { oid: 1082, bytes: 4 };
const REAL = { oid: 700, bytes: 4 };
const SMALLINT = { oid: 21, bytes: 2 };
const BYTEA = 17;

const HEADER_BYTES = 20;
const NULL = -1;
/** PostgreSQL counts days from 2000-01-01; ours are counted from 1970-01-01. */
const DAYS_BEFORE_2000 = 10_957;

/** Values of the digits 0–9, a–f and A–F by their character codes. */
const DIGITS = new Uint8Array(128);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  DIGITS[digit.charCodeAt(0)] = value;
  DIGITS[digit.toUpperCase().charCodeAt(0)] = value;
}
const HYPHEN = 45;

// Functions of the module: V8 compiles one that is made for each list anew whenever it has collected them all.
const writeDay = (list: Buffer, at: number, day: Day) => list.writeInt32BE(day - DAYS_BEFORE_2000, at);
/** 0 + −0 is 0: one value in SQL, and stored as that. */
const writeReal = (list: Buffer, at: number, value: number | null) =>
  list.writeFloatBE(value === null ? Number.NaN : value + 0, at);
const writeSmallint = (list: Buffer, at: number, value: number) => list.writeInt16BE(value, at);

/** Ids as PostgreSQL writes them. */
export function uuidArray(ids: readonly (string | null)[]): Buffer {
  return binaryArray(ids, UUID, writeUuid);
}

/** Writes an id as its 16 bytes; answers where they end. */
export function writeUuid(bytes: Buffer, at: number, id: string): number {
  let to = at;
  for (let from = 0; from < id.length; from += 2) {
    if (id.charCodeAt(from) === HYPHEN) from += 1;
    bytes[to] = (DIGITS[id.charCodeAt(from)]! << 4) | DIGITS[id.charCodeAt(from + 1)]!;
    to += 1;
  }
  return to;
}

/** ISO days. */
export function dateArray(days: readonly (string | null)[]): Buffer {
  let known: string | null = null;
  let number = 0;
  return binaryArray(days, DATE, (list, at, day) => {
    // Nearly always the same day again.
    if (day !== known) {
      known = day;
      number = toDay(day) - DAYS_BEFORE_2000;
    }
    list.writeInt32BE(number, at);
  });
}

/** Days as the domain counts them. */
export function daysArray(days: readonly (Day | null)[]): Buffer {
  return binaryArray(days, DATE, writeDay);
}

/** Numbers of lists of one length, one list after the other; NaN stands for what is null. */
export function realsArray(lists: readonly (readonly (number | null)[])[]): Buffer {
  return numbersArray(lists, REAL, writeReal);
}

/** The same of small whole numbers, none of them null. */
export function smallintsArray(lists: readonly (readonly number[])[]): Buffer {
  return numbersArray(lists, SMALLINT, writeSmallint);
}

function numbersArray<Value>(
  lists: readonly (readonly Value[])[],
  { oid, bytes }: { oid: number; bytes: number },
  write: (array: Buffer, at: number, value: Value) => void,
): Buffer {
  const items = lists.reduce((sum, list) => sum + list.length, 0);
  const array = Buffer.allocUnsafe(HEADER_BYTES + items * (4 + bytes));
  let at = writeHeader(array, oid, items);
  for (const list of lists) {
    for (const value of list) {
      at = array.writeInt32BE(bytes, at);
      write(array, at, value);
      at += bytes;
    }
  }
  return array;
}

/** Bytes of any length. */
export function byteaArray(items: readonly Buffer[]): Buffer {
  const list = Buffer.allocUnsafe(items.reduce((bytes, item) => bytes + 4 + item.length, HEADER_BYTES));
  let at = writeHeader(list, BYTEA, items.length);
  for (const item of items) {
    at = list.writeInt32BE(item.length, at);
    at += item.copy(list, at);
  }
  return list;
}

function binaryArray<Item>(
  items: readonly (Item | null)[],
  { oid, bytes }: { oid: number; bytes: number },
  write: (list: Buffer, at: number, item: Item) => void,
): Buffer {
  const list = Buffer.allocUnsafe(HEADER_BYTES + items.length * (4 + bytes));
  let at = writeHeader(list, oid, items.length);
  for (const item of items) {
    list.writeInt32BE(item === null ? NULL : bytes, at);
    at += 4;
    if (item === null) continue;
    write(list, at, item);
    at += bytes;
  }
  return at === list.length ? list : list.subarray(0, at);
}

/** One dimension, with or without nulls, of this type, with so many items counted from 1. */
function writeHeader(list: Buffer, oid: number, items: number): number {
  for (const [index, field] of [1, 1, oid, items, 1].entries()) list.writeInt32BE(field, 4 * index);
  return HEADER_BYTES;
}
