import { markDirty } from '../../db/dirty-accounts.js';
import type { Tx } from '../../db/unit-of-work.js';
import { assertUnreachable } from '../../domain/assert-unreachable.js';
import type { ContactRef, FactRow, IsoDay } from '../../domain/values/fact-rows.js';
import { waitingIdOf } from './account-ids.js';
import { type AccountArrival, storeAccounts } from './accounts.js';
import { deriveDates, type Resolved, resolveAccounts } from './accounts.repository.js';
import {
  type Arrival,
  type Delivery,
  type FactContext,
  instantOf,
  isNewer,
  type Outcome,
  type Parcel,
  type Rejection,
  rejected,
  type StoreResult,
  sourceOf,
  TouchedAccounts,
} from './arrival.js';
import { BatchMemory } from './batch-memory.js';
import { type ContactArrival, type ContactMention, Contacts, isNamed, storeContacts } from './contacts.js';
import { type EventArrival, storeEventArrivals, timeOf } from './events.js';
import { FactMemory } from './fact-memory.js';
import { learnNames, type Names } from './names.repository.js';
import { namesOf } from './names-wanted.js';
import { MANY_EVENTS } from './new-events.repository.js';
import {
  quarantine,
  release,
  releaseThese,
  type Waiting,
  type WaitingKey,
  waitingFactId,
} from './quarantine.repository.js';
import { hasIdAlone, SeenContacts } from './seen-contacts.js';
import { knowSources } from './sources.repository.js';
import { sourcesOf } from './sources-seen.js';
import { contactsNamed, surveyId, WHOLE_TABLES, type WholeKind, type WholeRow, wholeValues } from './whole-facts.js';
import { keepEarliestOpening, storeWholeFacts, type WholeFact } from './whole-facts.repository.js';
import { addIsoDays } from './workspace-days.js';

/** More waiting facts than this are left to the sweep, so that one account's creation stays one short transaction. */
const RELEASED_AT_ONCE = 5_000;

type WholeArrival = Arrival & { row: WholeRow };
/** A fact with its account. */
type Placed<A extends Arrival = Arrival> = { arrival: A; accountId: string };

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
  const arrivals: Arrival[] = [];
  for (const parcel of parcels) addArrivals(arrivals, parcel);
  const at = new Date(Math.max(...parcels.map(({ context }) => context.receivedAt.getTime())));
  return new Batch(tx, arrivals, at, memory).store();
}

/** Stores facts that waited and whose account is known by now. */
export async function storeReleased(tx: Tx, keys: readonly WaitingKey[], at: Date): Promise<void> {
  const arrivals = await releaseThese(tx, keys);
  if (arrivals.length > 0) await new Batch(tx, arrivals, at, new FactMemory()).store();
}

function addArrivals(arrivals: Arrival[], { rows, context }: Parcel): void {
  for (const [index, row] of rows.entries()) {
    arrivals.push({
      index: arrivals.length,
      row,
      instant: instantOf(row),
      sourceKey: context.sourceKey,
      receivedAt: context.receivedAt,
      observedAt: context.observedAtOf?.(index) ?? context.observedAt ?? context.receivedAt,
      importId: context.importId ?? null,
      line: context.lineOf?.(index) ?? null,
      asOfDay: context.asOfDay ?? null,
      byPerson: context.byPerson ?? false,
      mayCreate: !context.accountsMustExist,
      actor: context.actor,
    });
  }
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
    for (const kind of WHOLE_ORDER) await this.storeWhole(kind, ofPlaced<WholeArrival>(placed, kind), contacts);
    const events = ofPlaced<EventArrival>(placed, 'event');
    await storeEventArrivals(this.tx, events, this.names, contacts, this.touched, this.batchMemory, this.settle);

    await this.storeWaiting();
    await markDirty(this.tx, this.touched.since, this.at);
    return {
      outcomes: this.outcomes,
      dirtyAccounts: this.touched.since.size,
      deliveries: this.deliveries(),
      toRemember: this.batchMemory.toRemember,
    };
  }

  private readonly settle = (arrival: Arrival, outcome: Outcome): void => {
    if (arrival.index >= 0) this.outcomes[arrival.index] = outcome;
    // A fact that waited and cannot be taken goes on waiting, where people see it.
    else if (outcome.status === 'rejected') this.wait(arrival, arrival.row.account, outcome.rejection);
  };

  private async storeAccountsOf(arrivals: readonly Arrival[]): Promise<Set<string>> {
    const wait = (arrival: Arrival) => this.wait(arrival, arrival.row.account);
    const accounts = ofKind<AccountArrival>(arrivals, 'account');
    return (await storeAccounts(this.tx, accounts, this.names, this.touched, this.settle, wait)).created;
  }

  private wait(arrival: Arrival, ref: FactRow['account'], refusal: Rejection | null = null): void {
    const waitingId = waitingIdOf(ref);
    this.waiting.push({ arrival, waitingId, id: waitingFactId(arrival), refusal });
  }

  private async released(waitingIds: readonly string[]): Promise<Arrival[]> {
    const arrivals = await release(this.tx, waitingIds, RELEASED_AT_ONCE);
    if (arrivals.length > 0) {
      this.names = await learnNames(this.tx, namesOf([...this.arrivals, ...arrivals]), this.at);
    }
    return arrivals;
  }

  /** Finds each fact's account; facts without one wait, and facts that cannot be taken are refused. */
  private async place(arrivals: readonly Arrival[]): Promise<Placed[]> {
    const resolved = await resolveAccounts(
      this.tx,
      arrivals.map(({ row }) => row.account),
      this.batchMemory,
    );
    const events = ofKind<EventArrival>(arrivals, 'event');
    const exceptions = await timeOf(this.tx, events, resolved, this.names, this.settle);
    const placed: Placed[] = [];
    for (const original of arrivals) {
      const exception = exceptions.get(original);
      if (exception === null) continue;
      const arrival = exception ?? original;
      const accountId = this.accountOf(arrival, resolved.of(arrival.row.account));
      if (accountId !== null) placed.push({ arrival, accountId });
    }
    return placed;
  }

  private accountOf(arrival: Arrival, found: Resolved): string | null {
    const { row } = arrival;
    const refusal = refusalOf(arrival, this.names);
    if (refusal !== null) {
      this.settle(arrival, refusal);
      return null;
    }
    switch (found.kind) {
      case 'known':
        return found.accountId;
      case 'deleted':
        this.settle(arrival, rejected('ACCOUNT_DELETED', `Account "${row.account.id}" was deleted.`, 'accountId'));
        return null;
      case 'ambiguous':
        this.settle(
          arrival,
          rejected('AMBIGUOUS_SUBSCRIPTION', `Several accounts have a subscription "${row.account.id}".`, 'accountId'),
        );
        return null;
      case 'unknown':
        this.wait(arrival, row.account);
        return null;
      default:
        return assertUnreachable(found);
    }
  }

  /** Answers under which ids facts may wait for the subscriptions that are new. */
  private async storeSubscriptions(arrivals: readonly WholeArrival[]): Promise<string[]> {
    if (arrivals.length === 0) return [];
    const placed = (await this.place(arrivals)) as Placed<WholeArrival>[];
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

  private async storeWhole(kind: WholeKind, placed: readonly Placed<WholeArrival>[], contacts: Contacts) {
    if (placed.length === 0) return [];
    const byIdentity = new Map<string, { fact: WholeFact; newest: WholeArrival; arrivals: WholeArrival[] }>();
    const deals: { accountId: string; id: string; openedOn: IsoDay }[] = [];
    for (const { arrival, accountId } of placed) {
      const knownOn = arrival.asOfDay ?? this.names.days.dayOf(arrival.observedAt);
      const values = wholeValues(arrival.row, { accountId, arrival, names: this.names, contacts, knownOn });
      if (kind === 'deal') deals.push({ accountId, id: String(values['id']), openedOn: String(values['opened_on']) });
      const identity = [accountId, ...Object.keys(WHOLE_TABLES[kind].key).map((column) => values[column])].join('|');
      const known = byIdentity.get(identity);
      if (known && !isNewer(arrival, known.newest)) {
        known.arrivals.push(arrival);
        continue;
      }
      const { observedAt, receivedAt } = arrival;
      const fact: WholeFact = { accountId, values, observedAt, receivedAt };
      byIdentity.set(identity, { fact, newest: arrival, arrivals: [...(known?.arrivals ?? []), arrival] });
    }
    const entries = [...byIdentity.values()];
    const facts = entries.map(({ fact }) => fact);
    const stored = await storeWholeFacts(this.tx, WHOLE_TABLES[kind], facts);
    if (deals.length > 0) await keepEarliestOpening(this.tx, deals);
    return stored.flatMap(({ ord, outcome, day }) => {
      const { arrivals, newest, fact } = entries[ord]!;
      if (day !== null) this.touched.add(fact.accountId, day);
      if (outcome === 'created') this.settleInTurn(arrivals);
      else {
        // Of rows that say the same the first brought it.
        const bringer = arrivals.find(({ row }) => sameContent(row, newest.row));
        for (const arrival of arrivals) {
          if (arrival === bringer) this.settleWhole(arrival, outcome);
          else this.settleWhole(arrival, sameContent(arrival.row, newest.row) ? 'repeated' : 'unchanged');
        }
      }
      const changed = outcome === 'created' || outcome === 'updated';
      return changed ? [{ accountId: fact.accountId, outcome, values: fact.values }] : [];
    });
  }

  /** Arrivals of a new fact as if each had come in a batch of its own: the first creates it, others repeat or update it. */
  private settleInTurn(arrivals: readonly WholeArrival[]): void {
    let current: WholeArrival | null = null;
    for (const arrival of arrivals) {
      if (current === null) this.settleWhole(arrival, 'created');
      else if (sameContent(arrival.row, current.row)) this.settleWhole(arrival, 'repeated');
      else this.settleWhole(arrival, isNewer(arrival, current) ? 'updated' : 'unchanged');
      if (current === null || isNewer(arrival, current)) current = arrival;
    }
  }

  private settleWhole(arrival: Arrival, outcome: 'created' | 'updated' | 'unchanged' | 'repeated'): void {
    if (outcome === 'repeated' && arrival.importId !== null) this.settle(arrival, { status: 'duplicate' });
    else {
      const status = outcome === 'repeated' ? 'unchanged' : outcome;
      this.settle(arrival, { status, keptByHand: [], ownerTexts: ownerTexts(arrival.row, this.names) });
    }
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

  private deliveries(): Delivery[] {
    const counts = new Map<string, Delivery>();
    for (const arrival of this.arrivals) {
      if (arrival.index < 0 || this.outcomes[arrival.index]?.status === 'rejected') continue;
      const { sourceKey, row, receivedAt } = arrival;
      const key = sourceOf(arrival);
      const known = counts.get(key);
      if (known) known.rows += 1;
      else counts.set(key, { sourceKey, kind: row.kind, day: this.names.days.dayOf(receivedAt), rows: 1, receivedAt });
    }
    return [...counts.values()];
  }
}

/** Why no account could take the fact; null: nothing is wrong with it. */
function refusalOf({ row, receivedAt }: Arrival, names: Names): Outcome | null {
  if (row.kind !== 'survey' && row.kind !== 'pulse') return null;
  if (row.kind === 'survey' && surveyId(row) === null) {
    return rejected('MISSING_IDENTITY', 'An answer needs an id of its own or the contact who gave it.', 'id');
  }
  // People say how things are, not how they will be. A day later for who lives east of the workspace.
  if (row.day <= addIsoDays(names.days.dayOf(receivedAt), 1)) return null;
  const what = row.kind === 'pulse' ? 'pulse' : 'answer';
  return rejected('DAY_IN_FUTURE', `The ${what} is dated ${row.day}, which is yet to come.`, 'day');
}

function sameContent(a: FactRow, b: FactRow): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function ownerTexts(row: FactRow, names: Names): string[] {
  const text = row.kind === 'deal' ? row.owner : row.kind === 'touchpoint' || row.kind === 'pulse' ? row.author : null;
  return text !== null && !names.users.has(text.toLowerCase()) ? [text] : [];
}

function ofKind<A extends Arrival>(arrivals: readonly Arrival[], kind: FactRow['kind']): A[] {
  return arrivals.filter(({ row }) => row.kind === kind) as A[];
}

function ofPlaced<A extends Arrival>(placed: readonly Placed[], kind: FactRow['kind']): Placed<A>[] {
  return placed.filter(({ arrival }) => arrival.row.kind === kind) as Placed<A>[];
}
