import { Injectable } from '@nestjs/common';
import { asked } from '../../../db/asked.js';
import type { Tx } from '../../../db/unit-of-work.js';
import type { Day } from '../../../domain/calendar/day.js';
import { moneyAt } from '../../../domain/revenue/money-rates.js';
import type { AccountFacts } from '../../../domain/signals/facts.js';
import type { Batch } from '../../batch.js';
import { AccountDraft, type Adding, type Drafts } from './account-draft.js';
import { type AccountFactRow, AccountFieldsRepository, FIRST_FACT } from './account-fields.repository.js';
import { CommercialFactsLoader } from './commercial-facts.loader.js';
import type { FactsOfWalk } from './facts-of-walk.js';
import { type FactsToLoad, wantedThrough } from './facts-to-load.js';
import { attributeVersions, type Owners, setAccountFields, VERSIONED_FIELDS } from './fields-as-of.js';
import { readLedger } from './ledger-texts.js';
import { MetricFactsLoader } from './metric-facts.loader.js';
import { quietSpells } from './quiet-spells.js';
import { RelationshipFactsLoader } from './relationship-facts.loader.js';
import { SupportFactsLoader } from './support-facts.loader.js';
import { UsageFactsLoader } from './usage-facts.loader.js';

export interface LoadedAccount {
  id: string;
  facts: AccountFacts;
  owners: Owners;
  /** True: nothing about the account has arrived since a run before. */
  areKept: boolean;
}

/** The facts of a batch of accounts as of a day, or as of any of some days in a row. */
@Injectable()
export class FactsLoader {
  constructor(
    private readonly fields: AccountFieldsRepository,
    private readonly relationship: RelationshipFactsLoader,
    private readonly usage: UsageFactsLoader,
    private readonly commercial: CommercialFactsLoader,
    private readonly support: SupportFactsLoader,
    private readonly metrics: MetricFactsLoader,
  ) {}

  /** Made ready for the domain one account at a time: all at once take too much memory. */
  async load(tx: Tx, batch: Batch, wanted: FactsToLoad): Promise<Iterable<LoadedAccount>> {
    const drafts = await this.drafts(tx, batch, asked(this.fields.accounts(tx, batch)), wanted);
    return asOfDay(eachOnce(drafts), wanted);
  }

  /**
   * As `load`, for a walk from day to day: what several of its days read is loaded once and kept. Only the accounts
   * themselves are read for each day, so that one that has gone is not computed, and one that has come is.
   */
  async loadForWalk(tx: Tx, batch: Batch, wanted: FactsToLoad, walk: FactsOfWalk): Promise<Iterable<LoadedAccount>> {
    const rows = await this.fields.accounts(tx, batch);
    const kept = walk.kept(batch, wanted.asOf, rows);
    if (kept) return asOfDay(kept, wanted);
    const together = wantedThrough(wanted, walk.lastTogetherWith(wanted));
    return asOfDay(walk.keep(batch, together, await this.drafts(tx, batch, rows, together)), wanted);
  }

  /** Asks everything at once and adds it in one order: what an account's contacts are counted by does not change. */
  async drafts(
    tx: Tx,
    batch: Batch,
    rows: AccountFactRow[] | Promise<AccountFactRow[]>,
    wanted: FactsToLoad,
  ): Promise<Drafts> {
    const { asOf, needs } = wanted;
    const adding = [
      this.relationship.askContacts(tx, batch, wanted),
      this.usage.ask(tx, batch, wanted),
      this.commercial.ask(tx, batch, wanted),
      this.relationship.askTouchpoints(tx, batch, wanted),
      this.support.ask(tx, batch, wanted),
      this.metrics.askMetrics(tx, batch, wanted),
      this.metrics.askEvents(tx, batch, wanted),
      this.askFirstFacts(tx, batch, wanted),
      this.askVersions(tx, batch, wanted),
    ];
    const drafts: Drafts = new Map((await rows).map((row) => [row.id, new AccountDraft(row)]));
    for (const add of adding) await add(drafts);
    const quiet = quietSpells(drafts, needs.usageMonths, asOf);
    await this.usage.addLastActivity(tx, drafts, quiet, wanted);
    await this.relationship.addEarlierTouches(tx, drafts, quiet, wanted);
    return drafts;
  }

  private askFirstFacts(tx: Tx, batch: Batch, { seenOnly }: FactsToLoad): Adding {
    const sources = (Object.keys(FIRST_FACT) as (keyof typeof FIRST_FACT)[])
      .filter((source) => seenOnly.has(source))
      .map((source) => ({ source, rows: asked(this.fields.firstFacts(tx, batch, source)) }));
    return async (drafts) => {
      for (const { source, rows } of sources) {
        for (const row of await rows) {
          const facts = drafts.get(row.account_id)?.facts;
          if (facts) facts.firstFactDay[source] = row.day as Day;
        }
      }
    };
  }

  private askVersions(tx: Tx, batch: Batch, { asOf, past, through, needs }: FactsToLoad): Adding {
    const attributes = needs.attributes.map((key) => `attribute.${key}`);
    const changing = past || through > asOf ? { fields: VERSIONED_FIELDS, since: asOf } : null;
    const rows = asked(this.fields.fieldVersions(tx, batch, ['status', ...attributes], changing));
    return async (drafts) => {
      for (const row of await rows) drafts.get(row.account_id)?.versions.push(row);
    };
  }
}

/** Drafts one after the other; each is let go of when the next is asked for. */
function* eachOnce(drafts: Drafts): Generator<[string, AccountDraft]> {
  for (const entry of drafts) {
    yield entry;
    drafts.delete(entry[0]);
  }
}

/** The accounts as they stood on the day, one after the other. */
export function* asOfDay(
  drafts: Iterable<[string, AccountDraft]>,
  { needs, rates, currency, asOf, past }: FactsToLoad,
): Generator<LoadedAccount> {
  const money = moneyAt(rates, currency, asOf);
  for (const [id, draft] of drafts) {
    const { facts, versions } = draft;
    readLedger(draft);
    if (past) draft.setRoles(asOf);
    for (const key of needs.attributes) facts.attributes[key] ??= attributeVersions(versions, key);
    yield { id, facts, owners: setAccountFields(draft, versions, asOf, past, money), areKept: false };
  }
}
