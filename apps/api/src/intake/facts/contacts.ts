import type { ContactRef } from '../../domain/values/fact-rows.js';
import { contactIdOf } from './account-ids.js';

/** Ids of the contacts that a batch names, and which of them are the workspace's own people. */
export class Contacts {
  private readonly ids = new Map<string, string>();
  readonly internal = new Set<string>();

  set(plainId: string, id: string): void {
    this.ids.set(plainId, id);
  }

  /** The contact's id; null where the fact names nobody. */
  idOf(accountId: string, ref: ContactRef | null): string | null {
    if (ref === null || !isNamed(ref)) return null;
    const plain = contactIdOf(accountId, ref);
    return this.ids.get(plain) ?? plain;
  }

  replace(people: readonly { weak: string; strong: string }[]): void {
    const strongOf = new Map(people.map(({ weak, strong }) => [weak, strong]));
    for (const [plain, id] of this.ids) this.ids.set(plain, strongOf.get(id) ?? id);
    for (const { weak, strong } of people) this.ids.set(weak, strong);
  }
}

export function isNamed(ref: ContactRef): boolean {
  return ref.externalId !== null || ref.email !== null || ref.name !== null;
}
