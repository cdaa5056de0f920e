import { markDirty } from '../../db/dirty-accounts.js';
import type { Tx } from '../../db/unit-of-work.js';
import type { ContactRef, FactRow, IsoDay } from '../../domain/values/fact-rows.js';
import { waitingIdOf } from './account-ids.js';
import { type AccountArrival, storeAccounts } from './accounts.js';
import { deriveDates } from './accounts.repository.js';
import {
  type Arrival,
  arrivalsOf,
  type FactContext,
  type Outcome,
  ofKind,
  type Parcel,
  type Rejection,
  type StoreResult,
  TouchedAccounts,
} from './arrival.js';
import { BatchMemory } from './batch-memory.js';
import { Contacts, isNamed } from './contacts.js';
import { type EventArrival, storeEventArrivals } from './events.js';
import { FactMemory } from './fact-memory.js';
import { learnNames, type Names } from './names.repository.js';
import { namesOf } from './names-wanted.js';
import { MANY_EVENTS } from './new-events.repository.js';
import { ofPlaced, type Placed, placeFacts } from './placing.js';
import {
  quarantine,
  release,
  releaseThese,
  type Waiting,
  type WaitingKey,
  waitingFactId,
} from './quarantine.repository.js';
import type { ContactArrival, ContactMention } from './said-of-contacts.js';
import { hasIdAlone, SeenContacts } from './seen-contacts.js';
import { knowSources } from './sources.repository.js';
import { deliveriesOf, sourcesOf } from './sources-seen.js';
import { storeContacts } from './store-contacts.js';
import { type ChangedFact, storeWholeArrivals, type WholeArrival } from './whole-arrivals.js';
import { contactsNamed, type WholeKind } from './whole-facts.js';

/** More waiting facts than this are left to the sweep, so that one account's creation stays one short transaction. */
const RELEASED_AT_ONCE = 5_000;

/** The order in which tables are written: the same in every batch, so that batches wait and do not deadlock. */
const WHOLE_ORDER = ['metric', 'invoice', 'ticket', 'survey', 'touchpoint', 'deal', 'pulse'] as const;

/**
 * The one store of facts: files, the HTTP API, forms and the sample go through here. Everything is set-based and in
 * key order; facts of unknown accounts go to quarantine and leave it with the account's creation; what changed is
 * marked for the next refresh. Nothing is written when it throws. Outcomes come in the order of `rows`.
 */
export async function storeFacts(tx: Tx, rows: readonly FactRow[], context: FactContext): Promise<StoreResult> {
  return storeParcels(tx, [{ rows, context }], new FactMemory());
}

/**
 * The same for what came in apart: outcomes come in the order of the parcels' rows, and all of them are stored or none.
 * What `memory` holds is not looked up; what there is to remember is the caller's to keep, after the commit.
 */
export async function storeParcels(tx: Tx, parcels: readonly Parcel[], memory: FactMemory): Promise<StoreResult> {
  const at = new Date(Math.max(...parcels.map(({ context }) => context.receivedAt.getTime())));
  return new Batch(tx, arrivalsOf(parcels), at, memory).store();
}

/** Stores facts that waited and whose account is known by now. */
export async function storeReleased(tx: Tx, keys: readonly WaitingKey[], at: Date): Promise<void> {
  const arrivals = await releaseThese(tx, keys);
  if (arrivals.length > 0) await new Batch(tx, arrivals, at, new FactMemory()).store();
}

class Batch {
  private readonly outcomes: Outcome[] = [];
  private readonly touched = new TouchedAccounts();
  private readonly waiting: Waiting[] = [];
  private names!: Names;
  private batchMemory!: BatchMemory;

  constructor(
    private readonly tx: Tx,
    private readonly arrivals: readonly Arrival[],
    private readonly at: Date,
    private readonly memory: FactMemory,
  ) {}

  async store(): Promise<StoreResult> {
    this.names = await learnNames(this.tx, namesOf(this.arrivals), this.at);
    this.batchMemory = new BatchMemory(this.memory, this.names.memoryVersion, this.arrivals.length >= MANY_EVENTS);
    await knowSources(this.tx, sourcesOf(this.arrivals, this.names), this.at);

    const created = await this.storeAccountsOf(this.arrivals);
    const waited = await this.released([...created]);
    await this.storeAccountsOf(waited);
    const rest = [...this.arrivals, ...waited].filter(({ row }) => row.kind !== 'account');

    const subscriptions = ofKind<WholeArrival>(rest, 'subscription');
    const others = rest.filter(({ row }) => row.kind !== 'subscription');
    const made = await this.storeSubscriptions(subscriptions);
    others.push(...(await this.released(made)));

    const placed = await this.place(others);
    const contacts = await this.storeContactsOf(placed);
    for (const kind of WHOLE_ORDER) await this.storeWhole(kind, placed, contacts);
    const events = ofPlaced<EventArrival>(placed, 'event');
    await storeEventArrivals(this.tx, events, this.names, contacts, this.touched, this.batchMemory, this.settle);

    await this.storeWaiting();
    await markDirty(this.tx, this.touched.since, this.at);
    return {
      outcomes: this.outcomes,
      dirtyAccounts: this.touched.since.size,
      deliveries: deliveriesOf(this.arrivals, this.outcomes, this.names),
      toRemember: this.batchMemory.toRemember,
    };
  }

  private readonly settle = (arrival: Arrival, outcome: Outcome): void => {
    if (arrival.index >= 0) this.outcomes[arrival.index] = outcome;
    // A fact that waited and cannot be taken goes on waiting, where people see it.
    else if (outcome.status === 'rejected') this.wait(arrival, outcome.rejection);
  };

  private async storeAccountsOf(arrivals: readonly Arrival[]): Promise<Set<string>> {
    const accounts = ofKind<AccountArrival>(arrivals, 'account');
    return (await storeAccounts(this.tx, accounts, this.names, this.touched, this.settle, this.wait)).created;
  }

  private readonly wait = (arrival: Arrival, refusal: Rejection | null = null): void => {
    const waitingId = waitingIdOf(arrival.row.account);
    this.waiting.push({ arrival, waitingId, id: waitingFactId(arrival), refusal });
  };

  private place(arrivals: readonly Arrival[]): Promise<Placed[]> {
    return placeFacts(this.tx, arrivals, this.names, this.batchMemory, this.settle, this.wait);
  }

  private storeWhole(kind: WholeKind, placed: readonly Placed[], contacts: Contacts): Promise<ChangedFact[]> {
    const arrivals = ofPlaced<WholeArrival>(placed, kind);
    return storeWholeArrivals(this.tx, kind, arrivals, contacts, this.names, this.touched, this.settle);
  }

  private async released(waitingIds: readonly string[]): Promise<Arrival[]> {
    const arrivals = await release(this.tx, waitingIds, RELEASED_AT_ONCE);
    if (arrivals.length > 0) {
      this.names = await learnNames(this.tx, namesOf([...this.arrivals, ...arrivals]), this.at);
    }
    return arrivals;
  }

  /** Answers under which ids facts may wait for the subscriptions that are new. */
  private async storeSubscriptions(arrivals: readonly WholeArrival[]): Promise<string[]> {
    if (arrivals.length === 0) return [];
    const placed = await this.place(arrivals);
    const changed = await this.storeWhole('subscription', placed, new Contacts());
    await deriveDates(
      this.tx,
      changed.map(({ accountId }) => accountId),
      this.at,
    );
    return changed
      .filter(({ outcome }) => outcome === 'created')
      .map(({ values }) => waitingIdOf({ via: 'subscription', id: String(values['id']) }));
  }

  private async storeContactsOf(placed: readonly Placed[]): Promise<Contacts> {
    const seen = new SeenContacts();
    const mentions: ContactMention[] = [];
    const mention = (ref: ContactRef, { arrival, accountId }: Placed, seenOn: IsoDay | null) => {
      if (hasIdAlone(ref)) seen.add(accountId, ref, seenOn);
      else if (isNamed(ref)) mentions.push({ accountId, ref, arrival, seenOn });
    };
    for (const one of placed) {
      const { row, instant } = one.arrival;
      if (row.kind !== 'event') for (const { ref, seenOn } of contactsNamed(row)) mention(ref, one, seenOn);
      else if (row.contact !== null)
        mention(row.contact, one, instant === null ? null : this.names.days.dayAt(instant));
    }
    const rows = ofPlaced<ContactArrival>(placed, 'contact');
    const at = placed[0]?.arrival.receivedAt ?? this.at;
    return storeContacts(
      this.tx,
      { rows, mentions, seen, at },
      this.names,
      this.touched,
      this.batchMemory,
      this.settle,
    );
  }

  private async storeWaiting(): Promise<void> {
    await quarantine(this.tx, this.waiting, this.at);
    const announced = new Set<string>();
    for (const { arrival, id } of this.waiting) {
      if (arrival.index < 0) continue;
      const repeats = arrival.importId !== null && announced.has(id);
      announced.add(id);
      this.outcomes[arrival.index] = { status: repeats ? 'duplicate' : 'quarantined' };
    }
  }
}
