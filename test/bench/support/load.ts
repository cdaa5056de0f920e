import type { FactRow } from '@steward/api/domain/values/fact-rows';
import { FactStore } from '@steward/api/intake/facts/fact-store';
import { Maintenance } from '@steward/api/pipeline/run/maintenance.service';
import { systemActor } from '@steward/api/platform/auth/principal';
import { accountsOf, type CompanyOptions, contactsOf, dealings, eventsOfDay, isoDay } from './company.js';
import { progress } from './measure.js';
import type { Product } from './product.js';

const FACTS_AT_ONCE = 2_000;
/** As the server takes them: more than one request at a time. */
const BATCHES_AT_A_TIME = 2;

/** Loads the company through intake: its people first, then day by day what happened, in order of arrival. */
export async function loadCompany(product: Product, options: CompanyOptions): Promise<number> {
  const { usageDays, lastDay } = options;
  const firstDay = isoDay(lastDay, 1 - usageDays);
  for (const facts of [accountsOf(options), contactsOf(options)]) await loadFacts(product, facts, isoDay(firstDay, -1));
  await loadFacts(product, dealings(options), lastDay);
  const tell = progress('loading usage');
  let events = 0;
  for (let day = 0; day < usageDays; day += 1) {
    const iso = isoDay(firstDay, day);
    // As every night: at the end of a month the ledger's next one is laid out in the order of accounts.
    product.setDay(iso);
    await product.get(Maintenance).run();
    events += await loadFacts(product, eventsOfDay(options, day), iso);
    tell(day + 1, usageDays);
  }
  return events;
}

/** Facts received on a day, in order of arrival. Answers how many. */
export async function loadFacts(product: Product, facts: Iterable<FactRow>, day: string): Promise<number> {
  const store = product.get(FactStore);
  let stored = 0;
  await inBatches(facts, (rows) => {
    stored += rows.length;
    return deliver(store, rows, day);
  });
  return stored;
}

async function deliver(store: FactStore, rows: FactRow[], day: string): Promise<void> {
  const receivedAt = new Date(`${day}T23:59:59Z`);
  const { outcomes } = await store.store(rows, { sourceKey: 'bench', receivedAt, actor: systemActor('bench') });
  const refused = outcomes.find(({ status }) => status !== 'created');
  if (refused) throw new Error(`Not every fact was taken: ${JSON.stringify(refused)}`);
}

async function inBatches(facts: Iterable<FactRow>, store: (rows: FactRow[]) => Promise<void>): Promise<void> {
  const running = new Set<Promise<void>>();
  let batch: FactRow[] = [];
  const send = async () => {
    const sent = store(batch);
    batch = [];
    running.add(sent);
    void sent.then(
      () => running.delete(sent),
      () => undefined,
    );
    if (running.size >= BATCHES_AT_A_TIME) await Promise.race(running);
  };
  for (const fact of facts) {
    batch.push(fact);
    if (batch.length >= FACTS_AT_ONCE) await send();
  }
  if (batch.length > 0) await send();
  await Promise.all(running);
}
