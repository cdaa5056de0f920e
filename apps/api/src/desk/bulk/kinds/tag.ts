import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { MOST_TAGS } from '@steward/shared/bulk';
import { type HeldAccount, ManyAccountsRepository } from '../../../records/accounts/many-accounts.repository.js';
import { type Batch, type Deed, type KindOfBulk, type Outcomes, refused, sourceOf, UNCHANGED } from './bulk-kind.js';

interface Tags {
  tags: string[];
  source: string | null;
}

/** Tags with some taken away and others added behind the rest. */
export function retagged(tags: readonly string[], add: readonly string[], remove: readonly string[]): string[] {
  return [...new Set([...tags.filter((tag) => !remove.includes(tag)), ...add])];
}

/**
 * The tags with a change taken back. Where they are still as the change left them, those of before; where others came or
 * went since, only what the change did is turned round. Null: something else has touched the same tags.
 */
export function untagged(now: readonly string[], before: readonly string[], after: readonly string[]): string[] | null {
  if (isDeepStrictEqual(now, after)) return [...before];
  const added = after.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !after.includes(tag));
  const stands = added.every((tag) => now.includes(tag)) && !removed.some((tag) => now.includes(tag));
  return stands ? retagged(now, removed, added) : null;
}

/** Adds tags to accounts and takes others away. */
@Injectable()
export class TagKind implements KindOfBulk<'tag'> {
  constructor(private readonly many: ManyAccountsRepository) {}

  async apply(batch: Batch, { add, remove }: { add: string[]; remove: string[] }): Promise<Outcomes> {
    const outcomes: Outcomes = new Map();
    const changing: (HeldAccount & { next: string[] })[] = [];
    for (const account of batch.accounts) {
      const next = retagged(account.tags, add, remove);
      if (isDeepStrictEqual(next, account.tags)) outcomes.set(account.id, UNCHANGED);
      else if (next.length > MOST_TAGS && next.length > account.tags.length)
        outcomes.set(account.id, refused('TOO_MANY_TAGS'));
      else changing.push({ ...account, next });
    }
    if (changing.length === 0) return outcomes;
    const { tx, day, at } = batch;
    const ids = changing.map(({ id }) => id);
    const versions = await this.many.newestVersions(tx, 'tags', ids);
    const rows = changing.map(({ id, next }) => ({ id, tags: next, source: sourceOf(batch) }));
    await this.many.saveTags(tx, rows, day, at);
    for (const { id, tags, next } of changing) {
      const before: Tags = { tags, source: versions.get(id)?.source ?? null };
      outcomes.set(id, { state: 'done', before, after: { tags: next } });
    }
    return outcomes;
  }

  async undo(batch: Batch, _change: unknown, deeds: ReadonlyMap<string, Deed>): Promise<Outcomes> {
    const outcomes: Outcomes = new Map();
    const back: { id: string; tags: string[]; source: string }[] = [];
    for (const { id, tags } of batch.accounts) {
      const { before, after } = deeds.get(id) as { before: Tags; after: Pick<Tags, 'tags'> };
      const next = untagged(tags, before.tags, after.tags);
      if (next === null) {
        outcomes.set(id, refused('CHANGED_SINCE'));
        continue;
      }
      const isAsBefore = isDeepStrictEqual(next, before.tags);
      back.push({ id, tags: next, source: (isAsBefore ? before.source : null) ?? sourceOf(batch) });
      outcomes.set(id, { state: 'done', before: { tags }, after: { tags: next } });
    }
    if (back.length > 0) await this.many.saveTags(batch.tx, back, batch.day, batch.at);
    return outcomes;
  }
}
