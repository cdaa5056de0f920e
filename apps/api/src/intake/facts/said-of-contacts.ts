import type { ContactRef, ContactRow, IsoDay } from '../../domain/values/fact-rows.js';
import { attributeValues, contactValues } from './account-fields.js';
import { contactIdOf } from './account-ids.js';
import { type Arrival, fieldSource, isNewer, rejected, type Settle, type TouchedAccounts } from './arrival.js';
import { type Contacts, isNamed } from './contacts.js';
import type { KeptContact } from './contacts.repository.js';
import type { Decision, FieldVersion } from './field-versions.repository.js';
import type { Names } from './names.repository.js';
import { addIsoDays } from './workspace-days.js';

/** A contact as some fact names it. */
export interface ContactMention {
  accountId: string;
  ref: ContactRef;
  arrival: Arrival;
  /** Day on which the fact saw the contact; null where it says nothing about that. */
  seenOn: IsoDay | null;
}

export type ContactArrival = Arrival & { row: ContactRow };

/** What a fact says of a contact. */
export interface Said {
  mention: ContactMention;
  values: Map<string, unknown>;
  dated: boolean;
  fromDay: IsoDay;
  /** Set where a contact row says it; its outcome depends on the decisions. */
  row: ContactArrival | null;
}

/** What rows about contacts say; those that cannot be taken are refused. */
export function readRows(
  rows: readonly { arrival: ContactArrival; accountId: string }[],
  names: Names,
  settle: Settle,
): Said[] {
  const said: Said[] = [];
  for (const { arrival, accountId } of rows) {
    const { row } = arrival;
    const ref: ContactRef = {
      ...row.contact,
      email: row.contact.email ?? row.fields.email ?? null,
      name: row.contact.name ?? row.fields.name ?? null,
    };
    const fromDay = row.effectiveOn ?? arrival.asOfDay ?? names.days.dayOf(arrival.observedAt);
    const attributes = attributeValues('contact', row.attributes, names.attributes);
    if (!isNamed(ref)) {
      settle(
        arrival,
        rejected('MISSING_IDENTITY', 'A contact needs an external id, an e-mail address or a name.', 'id'),
      );
    } else if (fromDay > addIsoDays(names.days.dayOf(arrival.receivedAt), 1)) {
      settle(
        arrival,
        rejected('DAY_IN_FUTURE', `The values would hold from ${fromDay} on, which is yet to come.`, 'effectiveOn'),
      );
    } else if (attributes.misfit !== null) {
      const column = `attributes.${attributes.misfit}`;
      settle(arrival, rejected('ATTRIBUTE_TYPE', `"${attributes.misfit}" takes another type of value.`, column));
    } else {
      const values = new Map([...extrasOf(ref), ...contactValues(row.fields), ...attributes.values]);
      const mention: ContactMention = { accountId, ref, arrival, seenOn: null };
      said.push({ mention, values, dated: row.effectiveOn !== null, fromDay, row: arrival });
    }
  }
  return said;
}

/** What a reference tells besides the identity. */
function extrasOf(ref: ContactRef): Map<string, unknown> {
  const extras = new Map<string, unknown>();
  if (ref.externalId !== null && ref.email !== null) extras.set('email', ref.email.toLowerCase());
  if ((ref.externalId !== null || ref.email !== null) && ref.name !== null) extras.set('name', ref.name);
  return extras;
}

/** What a fact says that names a contact and is about something else. */
export function mentioned(mention: ContactMention, names: Names): Said {
  const fromDay = mention.seenOn ?? mention.arrival.asOfDay ?? names.days.dayOf(mention.arrival.observedAt);
  return { mention, values: extrasOf(mention.ref), dated: false, fromDay, row: null };
}

/** One version a field and day; of several in the batch the newest. `saidBy[i]` are those who say version i. */
export function versionsOf(said: readonly Said[], contacts: Contacts): { versions: FieldVersion[]; saidBy: Said[][] } {
  const byKey = new Map<string, { version: FieldVersion; newest: Arrival; said: Said[] }>();
  for (const one of said) {
    const { mention, values, fromDay, dated } = one;
    const { accountId, ref, arrival } = mention;
    const contactId = contacts.idOf(accountId, ref)!;
    for (const [field, value] of values) {
      const key = `${contactId}|${field}|${fromDay}`;
      const known = byKey.get(key);
      if (known && !isNewer(arrival, known.newest)) {
        known.said.push(one);
        continue;
      }
      const version: FieldVersion = {
        accountId,
        contactId,
        field,
        fromDay,
        value,
        source: fieldSource(arrival),
        observedAt: arrival.observedAt,
        receivedAt: arrival.receivedAt,
        dated,
      };
      byKey.set(key, { version, newest: arrival, said: [...(known?.said ?? []), one] });
    }
  }
  const entries = [...byKey.values()];
  return { versions: entries.map(({ version }) => version), saidBy: entries.map((entry) => entry.said) };
}

/** Tells each row about a contact what became of it. */
export function settleRows(
  said: readonly Said[],
  saidBy: readonly Said[][],
  decisions: readonly Decision[],
  created: readonly KeptContact[],
  contacts: Contacts,
  settle: Settle,
  touched: TouchedAccounts,
): void {
  const decisionsOf = new Map<Said, Decision[]>();
  for (const [index, group] of saidBy.entries()) {
    for (const one of group) {
      const own = decisionsOf.get(one) ?? [];
      own.push(group.at(-1) === one ? decisions[index]! : 'same');
      decisionsOf.set(one, own);
    }
  }
  const isNew = new Set(created.map(({ id }) => id));
  const announced = new Set<string>();
  const seen = new Map<string, string>();
  for (const one of said) {
    if (one.row === null) continue;
    const id = contacts.idOf(one.mention.accountId, one.mention.ref)!;
    const own = decisionsOf.get(one) ?? [];
    const content = JSON.stringify([one.fromDay, [...one.values]]);
    const fromFile = one.row.importId !== null;
    const repeats = fromFile && seen.get(id) === content;
    seen.set(id, content);
    if (repeats || (fromFile && own.length > 0 && own.every((decision) => decision === 'duplicate'))) {
      settle(one.row, { status: 'duplicate' });
      continue;
    }
    const first = isNew.has(contactIdOf(one.mention.accountId, one.mention.ref)) && !announced.has(id);
    announced.add(id);
    if (first) touched.add(one.mention.accountId, one.fromDay);
    const status = first ? 'created' : own.includes('set') ? 'updated' : 'unchanged';
    settle(one.row, { status, keptByHand: own.includes('keptByHand') ? ['contact'] : [], ownerTexts: [] });
  }
}
