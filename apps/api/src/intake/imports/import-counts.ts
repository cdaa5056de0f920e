import type { ImportCounts } from '@steward/shared/imports';
import type { FactRow } from '../../domain/values/fact-rows.js';
import { mixingHash } from '../../domain/values/mixing-hash.js';
import type { Outcome } from '../facts/arrival.js';

export const NO_COUNTS: ImportCounts = {
  rows: 0,
  shortRows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  duplicates: 0,
  empty: 0,
  rejected: 0,
  quarantined: 0,
  disagreements: 0,
};

export function addCounts(a: ImportCounts, b: ImportCounts): ImportCounts {
  const sum = { ...a };
  for (const key of Object.keys(sum) as (keyof ImportCounts)[]) sum[key] += b[key];
  return sum;
}

/** Counts one fact's outcome. Rejections count rows and are counted where the row is known. */
export function countOutcome(counts: ImportCounts, outcome: Outcome, fact: FactRow): void {
  if (outcome.status === 'rejected') return;
  counts[outcome.status === 'duplicate' ? 'duplicates' : outcome.status] += 1;
  if (fact.kind === 'ticket' && fact.disagrees) counts.disagreements += 1;
}

/** What makes a fact the same fact within a file. */
export function identityOf(fact: FactRow): string {
  const account = `${fact.kind}|${fact.account.via}|${fact.account.id}`;
  switch (fact.kind) {
    case 'account':
      return account;
    case 'contact':
      return `${account}|${fact.contact.externalId ?? fact.contact.email ?? fact.contact.name}`;
    case 'event':
      return `${account}|${fact.messageId}|${fact.occurredAt}`;
    case 'metric':
      return `${account}|${fact.metric}|${fact.day}`;
    case 'survey':
      return `${account}|${fact.survey}|${fact.id ?? `${fact.contact?.externalId ?? fact.contact?.email}@${fact.day}`}`;
    case 'pulse':
      return `${account}|${fact.day}`;
    default:
      return `${account}|${fact.id}`;
  }
}

/**
 * A dry run forgets each batch when it rolls it back, so it remembers by hash (16 bytes a fact and the map's own cost)
 * what the file brought before: the second of two equal rows is a duplicate, the second of two different ones an update.
 */
export class SeenInFile {
  private readonly contentOf = new Map<number, number>();

  /** What the outcome would be if the earlier rows of the file had been stored. */
  adjusted(outcome: Outcome, fact: FactRow): Outcome {
    if (outcome.status === 'rejected') return outcome;
    const identity = mixingHash(identityOf(fact));
    const content = mixingHash(JSON.stringify(fact));
    const before = this.contentOf.get(identity);
    this.contentOf.set(identity, content);
    if (before === undefined) return outcome;
    if (before === content) return { status: 'duplicate' };
    if (outcome.status !== 'created') return outcome;
    return fact.kind === 'event' ? { status: 'duplicate' } : { ...outcome, status: 'updated' };
  }
}
