import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../db/unit-of-work.js';
import type { Day } from '../../../domain/calendar/day.js';
import type { AccountFacts } from '../../../domain/signals/facts.js';
import type { Batch } from '../../batch.js';
import { AccountDraft, type Drafts } from './account-draft.js';
import { AccountFieldsRepository, FIRST_FACT, type FieldVersionRow } from './account-fields.repository.js';
import { CommercialFactsLoader } from './commercial-facts.loader.js';
import type { FactsToLoad } from './facts-to-load.js';
import { attributeVersions, type Owners, setAccountFields, VERSIONED_FIELDS } from './fields-as-of.js';
import { readLedger } from './ledger-texts.js';
import { MetricFactsLoader } from './metric-facts.loader.js';
import { moneyAt } from './money-rates.js';
import { quietSpells } from './quiet-spells.js';
import { RelationshipFactsLoader } from './relationship-facts.loader.js';
import { SupportFactsLoader } from './support-facts.loader.js';
import { UsageFactsLoader } from './usage-facts.loader.js';

export interface LoadedAccount {
  id: string;
  facts: AccountFacts;
  owners: Owners;
}

/** The facts of a batch of accounts as of a day, ready for the domain one account at a time: all at once take too much. */
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

  async load(tx: Tx, batch: Batch, wanted: FactsToLoad): Promise<Iterable<LoadedAccount>> {
    const { asOf, needs } = wanted;
    const rows = await this.fields.accounts(tx, batch);
    const drafts: Drafts = new Map(rows.map((row) => [row.id, new AccountDraft(row)]));
    if (drafts.size === 0) return [];
    // A statement at a time: they share the transaction's connection.
    await this.relationship.addContacts(tx, batch, drafts, wanted);
    await this.usage.add(tx, batch, drafts, wanted);
    await this.commercial.add(tx, batch, drafts, wanted);
    await this.relationship.addTouchpoints(tx, batch, drafts, wanted);
    await this.support.add(tx, batch, drafts, wanted);
    await this.metrics.addMetrics(tx, batch, drafts, wanted);
    await this.metrics.addEvents(tx, batch, drafts, wanted);
    const quiet = quietSpells(drafts, needs.usageMonths, asOf);
    await this.usage.addLastActivity(tx, drafts, quiet, wanted);
    await this.relationship.addEarlierTouches(tx, drafts, quiet, wanted);
    await this.addFirstFacts(tx, batch, drafts, wanted);

    const attributes = needs.attributes.map((key) => `attribute.${key}`);
    const changing = wanted.past ? { fields: VERSIONED_FIELDS, since: asOf } : null;
    const always = ['status', ...attributes];
    const versions = byAccount(await this.fields.fieldVersions(tx, batch, always, changing));
    return assembled(drafts, versions, wanted);
  }

  private async addFirstFacts(tx: Tx, batch: Batch, drafts: Drafts, { seenOnly }: FactsToLoad): Promise<void> {
    for (const source of Object.keys(FIRST_FACT) as (keyof typeof FIRST_FACT)[]) {
      if (!seenOnly.has(source)) continue;
      for (const row of await this.fields.firstFacts(tx, batch, source)) {
        const facts = drafts.get(row.account_id)?.facts;
        if (facts) facts.firstFactDay[source] = row.day as Day;
      }
    }
  }
}

function* assembled(
  drafts: Drafts,
  versions: ReadonlyMap<string, readonly FieldVersionRow[]>,
  { needs, rates, currency, asOf, past }: FactsToLoad,
): Generator<LoadedAccount> {
  const money = moneyAt(rates, currency, asOf);
  for (const [id, draft] of drafts) {
    const own = versions.get(id) ?? [];
    readLedger(draft);
    for (const key of needs.attributes) draft.facts.attributes[key] = attributeVersions(own, key);
    yield { id, facts: draft.facts, owners: setAccountFields(draft, own, asOf, past, money) };
    drafts.delete(id);
  }
}

function byAccount(rows: readonly FieldVersionRow[]): Map<string, FieldVersionRow[]> {
  const grouped = new Map<string, FieldVersionRow[]>();
  for (const row of rows) {
    const known = grouped.get(row.account_id);
    if (known) known.push(row);
    else grouped.set(row.account_id, [row]);
  }
  return grouped;
}
