import { Injectable } from '@nestjs/common';
import type { Tx } from '../../db/unit-of-work.js';
import { type Day, type Month, toDay } from '../../domain/calendar/day.js';
import { firstDayOf, monthOf } from '../../domain/calendar/month.js';
import { type AccountFacts, NO_CONTACT, type SourceKey } from '../../domain/signals/facts.js';
import type { FactNeeds } from '../../domain/signals/needs.js';
import { isChampion } from '../../domain/signals/read-relationship.js';
import type { Batch } from '../batch.js';
import { FactsRepository, FIRST_FACT, type FieldVersionRow } from './facts.repository.js';
import {
  AccountDraft,
  daysWithEvents,
  isActiveSince,
  type Owners,
  readLedger,
  setAccountFields,
  VERSIONED_FIELDS,
} from './facts-assembly.js';
import { moneyAt, type RateRow } from './money-rates.js';

/** What is loaded, the same for every batch of a run. */
export interface FactsToLoad {
  asOf: Day;
  /** A day before today: account fields are those of the day, from their history. */
  past: boolean;
  timeZone: string;
  currency: string;
  rates: readonly RateRow[];
  needs: FactNeeds;
  untrackedFeatures: readonly number[];
  /** Sources that cover only the accounts seen: the first fact of each account is looked up. */
  seenOnly: ReadonlySet<SourceKey>;
}

export interface LoadedAccount {
  id: string;
  facts: AccountFacts;
  owners: Owners;
}

/** The facts of a batch of accounts as of a day, ready for the domain one account at a time: all at once take too much. */
@Injectable()
export class FactsLoader {
  constructor(private readonly repository: FactsRepository) {}

  async load(tx: Tx, batch: Batch, wanted: FactsToLoad): Promise<Iterable<LoadedAccount>> {
    const { asOf, needs } = wanted;
    const rows = await this.repository.accounts(tx, batch);
    const drafts = new Map(rows.map((row) => [row.id, new AccountDraft(row)]));
    if (drafts.size === 0) return [];
    // A statement at a time: they share the transaction's connection.
    await this.addContacts(tx, batch, drafts, wanted);
    await this.addUsage(tx, batch, drafts, wanted);
    await this.addMoney(tx, batch, drafts, wanted);
    await this.addTouchpoints(tx, batch, drafts, wanted);
    await this.addSupport(tx, batch, drafts, wanted);
    await this.addMetrics(tx, batch, drafts, wanted);
    await this.addEvents(tx, batch, drafts, wanted);
    await this.addQuietSpells(tx, drafts, wanted);
    await this.addFirstFacts(tx, batch, drafts, wanted);

    const attributes = needs.attributes.map((key) => `attribute.${key}`);
    const changing = wanted.past ? { fields: VERSIONED_FIELDS, since: asOf } : null;
    const always = ['status', ...attributes];
    const versions = byAccount(await this.repository.fieldVersions(tx, batch, always, changing));
    return assembled(drafts, versions, wanted);
  }

  private async addContacts(tx: Tx, batch: Batch, drafts: Drafts, { past, asOf }: FactsToLoad): Promise<void> {
    for (const row of await this.repository.specialContacts(tx, batch)) {
      drafts.get(row.account_id)?.addContact(row.id, {
        ...(row.ref !== null && { ref: row.ref }),
        role: row.role,
        internal: row.internal,
        leftOn: row.left_on as Day | null,
        lastSeen: row.last_seen as Day | null,
      });
    }
    if (!past) return;
    // As of an earlier day other people may have been the champions.
    for (const row of await this.repository.contactRoles(tx, batch, asOf)) {
      const draft = drafts.get(row.account_id);
      if (!draft) continue;
      const index = draft.contactIndex(row.contact_id);
      const known = draft.facts.contacts[index];
      const { role, left_on: leftOn, last_seen: lastSeen } = row;
      if (known)
        draft.facts.contacts[index] = {
          ...known,
          role,
          leftOn: leftOn as Day | null,
          lastSeen: lastSeen as Day | null,
        };
    }
  }

  private async addUsage(tx: Tx, batch: Batch, drafts: Drafts, { needs, untrackedFeatures }: FactsToLoad) {
    for (const row of await this.repository.contactMonths(tx, batch, needs.usageMonths)) {
      const draft = drafts.get(row.account_id);
      if (draft) draft.ledger.contacts = row.months;
    }
    for (const row of await this.repository.featureMonths(tx, batch, needs.featureMonths, untrackedFeatures)) {
      const draft = drafts.get(row.account_id);
      if (draft) draft.ledger.features = row.months;
    }
    for (const row of await this.repository.eventMonths(tx, batch, needs.eventMonths)) {
      const draft = drafts.get(row.account_id);
      if (draft) draft.ledger.events = row.months;
    }
  }

  private async addMoney(tx: Tx, batch: Batch, drafts: Drafts, { asOf, rates, currency }: FactsToLoad) {
    const money = moneyAt(rates, currency, asOf);
    for (const row of await this.repository.subscriptions(tx, batch)) {
      drafts.get(row.account_id)?.facts.subscriptions.push({
        ref: row.ref,
        start: row.starts as Day,
        end: row.ends as Day | null,
        mrrMinor: row.mrr_minor === null ? null : money(row.mrr_minor, row.currency),
        quantity: row.quantity,
        seatBased: row.seat_based,
        autoRenew: row.auto_renew ?? false,
        termMonths: row.term_months,
      });
    }
    for (const row of await this.repository.unpaidInvoices(tx, batch, asOf)) {
      drafts.get(row.account_id)?.facts.invoices.push({
        ref: row.ref,
        issued: row.issued as Day,
        due: row.due as Day | null,
        amountMinor: money(row.amount_minor, row.currency),
        status: row.status,
        paidOn: row.paid as Day | null,
        failedOn: row.failed as Day | null,
      });
    }
  }

  private async addTouchpoints(tx: Tx, batch: Batch, drafts: Drafts, { asOf, needs }: FactsToLoad): Promise<void> {
    const from = needs.touchpointsFrom;
    if (from === null) return;
    const untouched = new Set(drafts.keys());
    for (const row of await this.repository.touchpoints(tx, batch, from, asOf)) {
      const draft = drafts.get(row.account_id);
      if (!draft) continue;
      if (row.counts) untouched.delete(row.account_id);
      draft.facts.touchpoints.push({
        ref: row.ref,
        day: row.day as Day,
        counts: row.counts,
        contacts: row.contact_ids.map((id) => draft.contactIndex(id)),
      });
    }
    for (const row of await this.repository.lastTouch(tx, [...untouched], from)) {
      const draft = drafts.get(row.account_id);
      if (draft) draft.facts.lastTouchBefore = row.day as Day;
    }
  }

  private async addSupport(tx: Tx, batch: Batch, drafts: Drafts, { asOf, needs }: FactsToLoad): Promise<void> {
    if (needs.ticketsFrom !== null) {
      for (const row of await this.repository.tickets(tx, batch, needs.ticketsFrom, asOf)) {
        drafts.get(row.account_id)?.facts.tickets.push({
          ref: row.ref,
          opened: row.opened as Day,
          closed: row.closed as Day | null,
          priority: row.priority,
          resolutionHours: row.resolution_hours,
          satisfaction: rescaled(row.satisfaction, row.satisfaction_min, row.satisfaction_max, 1, 5),
        });
      }
    }
    if (needs.answersFrom !== null) {
      for (const row of await this.repository.answers(tx, batch, needs.answersFrom, asOf)) {
        const draft = drafts.get(row.account_id);
        const [low, high] = row.kind === 'nps' ? [0, 10] : [1, 5];
        const score = rescaled(row.score, row.scale_min, row.scale_max, low, high);
        if (!draft || score === null) continue;
        const contact = draft.contactIndex(row.contact_id);
        draft.facts.answers.push({ ref: row.ref, kind: row.kind, day: row.day as Day, score, contact });
      }
    }
    for (const row of await this.repository.pulses(tx, batch, asOf)) {
      drafts.get(row.account_id)?.facts.pulses.push({ day: row.day as Day, value: row.value });
    }
  }

  private async addMetrics(tx: Tx, batch: Batch, drafts: Drafts, wanted: FactsToLoad): Promise<void> {
    const needed = wanted.needs.metrics;
    for (const row of await this.repository.metricPoints(tx, batch, needed, wanted.asOf)) {
      const metrics = drafts.get(row.account_id)?.facts.metrics;
      if (!metrics) continue;
      metrics[row.metric] ??= [];
      metrics[row.metric]?.push({ day: row.day as Day, value: row.value });
    }
    const seen = needed.flatMap(({ key }) => (wanted.seenOnly.has(`metric:${key}`) ? [key] : []));
    for (const row of await this.repository.firstMetricPoints(tx, batch, seen)) {
      const facts = drafts.get(row.account_id)?.facts;
      if (facts) facts.firstFactDay[`metric:${row.metric}`] = row.day as Day;
    }
  }

  private async addEvents(tx: Tx, batch: Batch, drafts: Drafts, { needs, asOf, timeZone }: FactsToLoad): Promise<void> {
    for (const need of needs.eventSelections) {
      const newest = need.newestBefore ? await this.repository.newestEvents(tx, batch, need, timeZone) : [];
      for (const row of [...newest, ...(await this.repository.selectedEvents(tx, batch, need, asOf, timeZone))]) {
        const draft = drafts.get(row.account_id);
        if (!draft) continue;
        const selections = draft.facts.eventSelections;
        const contact = draft.contactIndex(row.contact_id);
        selections[need.key] ??= [];
        selections[need.key]?.push({ contact, day: row.day as Day, count: row.count });
      }
    }
  }

  private async addFirstFacts(tx: Tx, batch: Batch, drafts: Drafts, { seenOnly }: FactsToLoad): Promise<void> {
    for (const source of Object.keys(FIRST_FACT) as (keyof typeof FIRST_FACT)[]) {
      if (!seenOnly.has(source)) continue;
      for (const row of await this.repository.firstFacts(tx, batch, source)) {
        const facts = drafts.get(row.account_id)?.facts;
        if (facts) facts.firstFactDay[source] = row.day as Day;
      }
    }
  }

  /** Accounts and champions without activity in the months loaded: when was the last, if ever? */
  private async addQuietSpells(tx: Tx, drafts: Drafts, { asOf, needs }: FactsToLoad): Promise<void> {
    const month = monthOf(asOf);
    // The months without a gap up to the day; before them anything may be missing.
    let recent = month;
    while (needs.usageMonths.includes((recent - 1) as Month)) recent = (recent - 1) as Month;
    const quiet = [...drafts].filter(([, draft]) => !isActiveSince(draft, recent)).map(([id]) => id);
    for (const row of await this.repository.lastActivity(tx, quiet, (recent - 1) as Month)) {
      const usage = drafts.get(row.account_id)?.facts.usage;
      if (!usage) continue;
      const days = daysWithEvents(row.counts);
      usage.contactMonths.push({ contact: NO_CONTACT, month: row.month as Month, days });
      usage.lastActiveBefore = (firstDayOf(row.month as Month) + 31 - Math.clz32(days)) as Day;
    }

    const unseen = [...drafts].flatMap(([accountId, draft]) =>
      draft.contactIds().flatMap(([contactId, index]) => {
        const contact = draft.facts.contacts[index];
        if (!contact || !isChampion(contact)) return [];
        return isActiveSince(draft, recent, contactId) ? [] : [{ accountId, contactId }];
      }),
    );
    const loaded = needs.usageMonths;
    for (const row of await this.repository.lastContactActivity(tx, unseen, asOf, loaded)) {
      const draft = drafts.get(row.account_id);
      const contact = draft?.contactIndex(row.contact_id) ?? NO_CONTACT;
      draft?.facts.usage.contactMonths.push({ contact, month: row.month as Month, days: row.days });
    }
    if (needs.touchpointsFrom === null) return;
    for (const row of await this.repository.contactTouches(tx, unseen, needs.touchpointsFrom)) {
      const draft = drafts.get(row.account_id);
      draft?.facts.touchpoints.push({
        ref: row.ref,
        day: row.day as Day,
        counts: false,
        contacts: row.contact_ids.map((id) => draft.contactIndex(id)),
      });
    }
  }
}

type Drafts = Map<string, AccountDraft>;

function* assembled(
  drafts: Drafts,
  versions: ReadonlyMap<string, readonly FieldVersionRow[]>,
  { needs, rates, currency, asOf, past }: FactsToLoad,
): Generator<LoadedAccount> {
  const money = moneyAt(rates, currency, asOf);
  for (const [id, draft] of drafts) {
    const own = versions.get(id) ?? [];
    readLedger(draft);
    for (const key of needs.attributes) draft.facts.attributes[key] = attributeVersions(own, `attribute.${key}`);
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

function attributeVersions(versions: readonly FieldVersionRow[], field: string) {
  return versions.flatMap((version) =>
    version.field === field ? [{ from: version.from_day as Day, value: attributeValue(version.value) }] : [],
  );
}

/** Dates become days; text stays text. */
function attributeValue(value: unknown): number | boolean | string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? toDay(value) : value;
}

/** A rating from its own scale onto another; null without one. */
function rescaled(value: number | null, min: number | null, max: number | null, low: number, high: number) {
  if (value === null) return null;
  if (min === null || max === null || max <= min) return value;
  return low + ((value - min) / (max - min)) * (high - low);
}
