import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../db/unit-of-work.js';
import { isoOf } from '../../../domain/calendar/day.js';
import type { Batch } from '../../batch.js';
import type { AccountDraft, Drafts } from './account-draft.js';
import { type AccountFactRow, AccountFieldsRepository } from './account-fields.repository.js';
import { asOfDay, FactsLoader, type LoadedAccount } from './facts.loader.js';
import type { FactsToLoad } from './facts-to-load.js';
import { type KeepingFacts, keptThrough } from './kept-facts.js';
import { KeptFactsRepository } from './kept-facts.repository.js';
import { Packer } from './packed.js';
import { packDraft, unpackDraft } from './packed-draft.js';

type KnownRow = AccountFactRow & { kept?: string | null };

/**
 * The facts of a batch for the day that is open or being closed: those that were kept of accounts about which nothing has
 * arrived since are not read again, and those that are loaded are kept.
 */
@Injectable()
export class KeptFactsLoader {
  constructor(
    private readonly fields: AccountFieldsRepository,
    private readonly repository: KeptFactsRepository,
    private readonly facts: FactsLoader,
  ) {}

  /** Within the locks of the batch's buckets. */
  async load(tx: Tx, batch: Batch, wanted: FactsToLoad, keeping: KeepingFacts): Promise<Iterable<LoadedAccount>> {
    const day = isoOf(wanted.asOf);
    // What a list names is there because something arrived.
    const rows: KnownRow[] =
      batch.kind === 'list'
        ? await this.fields.accounts(tx, batch)
        : await this.repository.accounts(tx, batch, day, keeping.basis);
    const missing = rows.filter(({ kept }) => (kept ?? null) === null);
    const drafts = await this.drafts(tx, missing.length === rows.length ? batch : listOf(missing), missing, keeping);
    const packer = new Packer();
    const packed = [...drafts].map(([id, draft]) => ({
      accountId: id,
      lastDay: isoOf(keptThrough(id, wanted.asOf, keeping.together.through)),
      facts: packDraft(packer, draft),
    }));
    await this.repository.keep(tx, packed, day, keeping.basis);
    const anew = new Set(missing.map(({ id }) => id));
    return telling(asOfDay(eachDraft(rows, drafts), wanted), anew);
  }

  /** For accounts that may leave the list of what is due without having been computed. */
  forget(tx: Tx, ids: readonly string[]): Promise<void> {
    return this.repository.forget(tx, ids);
  }

  private async drafts(tx: Tx, batch: Batch, rows: AccountFactRow[], { together }: KeepingFacts): Promise<Drafts> {
    return rows.length === 0 ? new Map() : this.facts.drafts(tx, batch, rows, together);
  }
}

function listOf(rows: readonly AccountFactRow[]): Batch {
  return { kind: 'list', ids: rows.map(({ id }) => id) };
}

/** The accounts with word of which were kept. */
function* telling(accounts: Iterable<LoadedAccount>, anew: ReadonlySet<string>): Generator<LoadedAccount> {
  for (const account of accounts) {
    account.areKept = !anew.has(account.id);
    yield account;
  }
}

/** Those of the rows in their order: as loaded, or from what was kept, which is unpacked one account at a time. */
function* eachDraft(rows: readonly KnownRow[], loaded: Drafts): Generator<[string, AccountDraft]> {
  for (const row of rows) {
    const { id, kept } = row;
    const draft = kept ? unpackDraft(kept, row) : loaded.get(id);
    loaded.delete(id);
    if (draft) yield [id, draft];
  }
}
