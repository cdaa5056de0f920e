import type { IsoDay } from '../../domain/values/fact-rows.js';
import type { SeenContact } from './seen-contacts.js';

/** So many of a kind are remembered; beyond, all of that kind are learnt anew. About 200 bytes each. */
const MOST_REMEMBERED = 200_000;
/** Around midnight events of two days arrive by turns. */
const DAYS_REMEMBERED = 2;

/** Who was active on a day, and which features an account used on it: bits of the ledger that are set. */
export class ActiveOnDay {
  readonly contacts = new Set<string>();
  private readonly features = new Map<string, Set<number>>();
  private size = 0;

  used(accountId: string, featureId: number): boolean {
    return this.features.get(accountId)?.has(featureId) ?? false;
  }

  add(accountId: string, featureId: number): void {
    const known = this.features.get(accountId) ?? new Set();
    if (known.size === 0) this.features.set(accountId, known);
    if (known.has(featureId)) return;
    known.add(featureId);
    this.size += 1;
  }

  get isFull(): boolean {
    return this.contacts.size + this.size >= MOST_REMEMBERED;
  }
}

/** What a committed transaction found or made, true as of the version read before it looked. */
export interface Learnt {
  version: string;
  accounts: string[];
  contacts: SeenContact[];
  active: Active | null;
}

/** What was active on a day, as of the version read after the day was counted. */
export interface Active {
  version: string;
  day: IsoDay;
  contacts: readonly string[];
  features: readonly { accountId: string; featureId: number }[];
}

export const nothingLearnt = (version: string): Learnt => ({ version, accounts: [], contacts: [], active: null });

/**
 * What is true of the database as of one version: accounts that exist under their own key, contacts that are not
 * internal with days on which they are known to have been seen, and what was active on the newest days.
 */
export class KnownFacts {
  readonly accounts = new Set<string>();
  private readonly contacts = new Map<string, { first: IsoDay; last: IsoDay }>();
  private readonly days = new Map<IsoDay, ActiveOnDay>();

  constructor(readonly version: string) {}

  /** Whether the contact is known, not internal, and seen from as early to as late. */
  sawContact({ id, first, last }: SeenContact): boolean {
    const known = this.contacts.get(id);
    if (known === undefined) return false;
    return (first === null || known.first <= first) && (last === null || last <= known.last);
  }

  on(day: IsoDay): ActiveOnDay | null {
    return this.days.get(day) ?? null;
  }

  addAccounts(ids: readonly string[]): void {
    if (this.accounts.size + ids.length > MOST_REMEMBERED) this.accounts.clear();
    for (const id of ids) this.accounts.add(id);
  }

  addContacts(contacts: readonly SeenContact[]): void {
    if (this.contacts.size + contacts.length > MOST_REMEMBERED) this.contacts.clear();
    for (const { id, first, last } of contacts) {
      const known = this.contacts.get(id);
      if (first === null || last === null) continue;
      if (known === undefined) this.contacts.set(id, { first, last });
      else {
        if (first < known.first) known.first = first;
        if (last > known.last) known.last = last;
      }
    }
  }

  addActive({ day, contacts, features }: Active): void {
    let known = this.days.get(day);
    if (known === undefined || known.isFull) {
      this.days.delete(day);
      if (this.days.size >= DAYS_REMEMBERED) this.days.delete([...this.days.keys()][0]!);
      known = new ActiveOnDay();
      this.days.set(day, known);
    }
    for (const id of contacts) known.contacts.add(id);
    for (const { accountId, featureId } of features) known.add(accountId, featureId);
  }
}

/**
 * What this process need not ask the database again. Each transaction reads the version that holds for it; memory of
 * another version is never used, and what a transaction learnt is kept only once it is committed.
 */
export class FactMemory {
  private known = new KnownFacts('');

  asOf(version: string): KnownFacts {
    if (version === '') return new KnownFacts('');
    if (version !== this.known.version) this.known = new KnownFacts(version);
    return this.known;
  }

  keep({ version, accounts, contacts, active }: Learnt): void {
    if (version !== '' && version === this.known.version) {
      this.known.addAccounts(accounts);
      this.known.addContacts(contacts);
    }
    if (active !== null && active.version !== '' && active.version === this.known.version) this.known.addActive(active);
  }
}
