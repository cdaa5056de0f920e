import { randomUUID } from 'node:crypto';

/** Accounts form 256 buckets by the first byte of their id; writers of computed rows hold their buckets' locks. */
export const BUCKETS = 256;

/**
 * The accounts of one step: a range of ids (both ends included), or a list of them. A statement names the range in each
 * of its sub-queries, because PostgreSQL does not pass ranges through joins.
 */
export type Batch = IdRange | IdList;
type IdRange = { readonly kind: 'range'; readonly from: string; readonly to: string };
export type IdList = { readonly kind: 'list'; readonly ids: readonly string[] };

export type Bind = (value: unknown) => string;

const LOWEST = '00000000-0000-0000-0000-000000000000';
const HIGHEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

function byte(bucket: number): string {
  return bucket.toString(16).padStart(2, '0');
}

/** All accounts whose bucket lies between two buckets, both included. */
export function bucketRange(first: number, last: number): Batch {
  return { kind: 'range', from: byte(first) + LOWEST.slice(2), to: byte(last) + HIGHEST.slice(2) };
}

export function bucketOf(accountId: string): number {
  return Number.parseInt(accountId.slice(0, 2), 16);
}

/** The buckets that the batch touches, ascending: the order in which locks are taken. */
export function bucketsOf(batch: Batch): number[] {
  if (batch.kind === 'list') return [...new Set(batch.ids.map(bucketOf))].sort((a, b) => a - b);
  const first = bucketOf(batch.from);
  return Array.from({ length: bucketOf(batch.to) - first + 1 }, (_, index) => first + index);
}

/** True for the rows of the batch, as a plain condition on the column of account ids. */
export function inBatch(batch: Batch, column: string, bind: Bind): string {
  if (batch.kind === 'list') return `${column} = ANY(${bind([...batch.ids])}::uuid[])`;
  return `${column} >= ${bind(batch.from)}::uuid AND ${column} <= ${bind(batch.to)}::uuid`;
}

/**
 * The same for a table that is joined by account to one that is restricted already. A range is named again; a list is
 * not, because a join by key that names it as well goes through the whole list for each account.
 */
export function alsoInBatch(batch: Batch, column: string, bind: Bind): string {
  return batch.kind === 'list' ? '' : `AND ${inBatch(batch, column, bind)}`;
}

/** A statement's text with its values, in which stands any batch. */
export interface BatchText {
  sql: string;
  values: readonly unknown[];
}

const ANY = { from: randomUUID(), to: randomUUID(), ids: [randomUUID()] };

/** Stands for the batches of a kind in a text that is made once for all of them. */
export function anyBatch(kind: Batch['kind']): Batch {
  return kind === 'list' ? { kind, ids: ANY.ids } : { kind, from: ANY.from, to: ANY.to };
}

/** The values of such a text for one batch. */
export function valuesOfBatch(values: readonly unknown[], batch: Batch): unknown[] {
  return values.map((value) => {
    if (batch.kind === 'list') return Array.isArray(value) && value[0] === ANY.ids[0] ? batch.ids : value;
    return value === ANY.from ? batch.from : value === ANY.to ? batch.to : value;
  });
}

/**
 * Ranges of whole buckets with about `size` accounts each. `counts[b]` is the number of accounts of bucket b; a bucket
 * that alone holds more stays one range.
 */
export function planRanges(counts: readonly number[], buckets: readonly number[], size: number): [number, number][] {
  const ranges: [number, number][] = [];
  let open: { first: number; last: number; accounts: number } | null = null;
  for (const bucket of [...buckets].sort((a, b) => a - b)) {
    const accounts = counts[bucket] ?? 0;
    if (open && bucket === open.last + 1 && open.accounts + accounts <= size) {
      open.last = bucket;
      open.accounts += accounts;
      continue;
    }
    if (open) ranges.push([open.first, open.last]);
    open = { first: bucket, last: bucket, accounts };
  }
  if (open) ranges.push([open.first, open.last]);
  return ranges;
}
