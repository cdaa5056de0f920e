import type { IsoDay } from '../../domain/values/fact-rows.js';
import type { SeenContact } from './seen-contacts.js';

/** So many of a kind are remembered; beyond, all of that kind are forgotten. About 200 bytes each. */
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
    const used = this.features.get(accountId) ?? new Set();
    if (used.size === 0) this.features.set(accountId, used);
    if (used.has(featureId)) return;
    used.add(featureId);
    this.size += 1;
  }

  get isFull(): boolean {
    return this.contacts.size + this.size >= MOST_REMEMBERED;
  }
}

/** What a transaction found or made, to be remembered once it is committed: true as of the version that it looked up by. */
export interface ToRemember {
  version: string;
  accounts: string[];
  contacts: SeenContact[];
  active: Active | null;
}

/** What was active on a day. */
export interface Active {
  day: IsoDay;
  contacts: readonly string[];
  features: readonly { accountId: string; featureId: number }[];
}

export const nothingToRemember = (version: string): ToRemember => ({
  version,
  accounts: [],
  contacts: [],
  active: null,
});

/**
 * What is true of the database as of one version: accounts that exist under their own key, contacts that are not
 * internal with days on which they are known to have been seen, and what was active on the newest days.
 */
export class RememberedFacts {
  readonly accounts = new Set<string>();
  private readonly contacts = new Map<string, { first: IsoDay; last: IsoDay }>();
  private readonly days = new Map<IsoDay, ActiveOnDay>();

  constructor(readonly version: string) {}

  /** Whether the contact exists, is not internal, and was seen from as early to as late. */
  sawContact({ id, first, last }: SeenContact): boolean {
    const seen = this.contacts.get(id);
    if (seen === undefined) return false;
    return (first === null || seen.first <= first) && (last === null || last <= seen.last);
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
      if (first === null || last === null) continue;
      const seen = this.contacts.get(id);
      if (seen === undefined) this.contacts.set(id, { first, last });
      else {
        if (first < seen.first) seen.first = first;
        if (last > seen.last) seen.last = last;
      }
    }
  }

  addActive({ day, contacts, features }: Active): void {
    let active = this.days.get(day);
    if (active === undefined || active.isFull) {
      this.days.delete(day);
      if (this.days.size >= DAYS_REMEMBERED) this.days.delete([...this.days.keys()][0]!);
      active = new ActiveOnDay();
      this.days.set(day, active);
    }
    for (const id of contacts) active.contacts.add(id);
    for (const { accountId, featureId } of features) active.add(accountId, featureId);
  }
}

/**
 * What this process need not ask the database again. Each transaction reads the version that holds for it; memory of
 * another version is never used, and what a transaction found or made is remembered only once it is committed.
 */
export class FactMemory {
  private facts = new RememberedFacts('');

  asOf(version: string): RememberedFacts {
    if (version === '') return new RememberedFacts('');
    if (version !== this.facts.version) this.facts = new RememberedFacts(version);
    return this.facts;
  }

  remember({ version, accounts, contacts, active }: ToRemember): void {
    if (version === '' || version !== this.facts.version) return;
    this.facts.addAccounts(accounts);
    this.facts.addContacts(contacts);
    if (active !== null) this.facts.addActive(active);
  }
}
