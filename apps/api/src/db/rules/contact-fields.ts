import type { FieldType } from '@steward/shared/catalogue';
import type { BoundField, Catalogue, CustomAttribute, ValueKind } from './bindings.js';
import { FIELD_KEY } from './build-catalogue.js';
import { contactAttributeSql } from './field-sql.js';
import { relatedCatalogue } from './related-fields.js';
import { isKnownContact } from './related-rows.js';

/** Fields of contacts stand beside those of their account, which keep their keys. */
const PREFIX = 'contact.';

const TYPES: Record<CustomAttribute['type'], { type: FieldType; kind: ValueKind }> = {
  text: { type: 'text', kind: 'text' },
  number: { type: 'number', kind: 'exact' },
  date: { type: 'date', kind: 'date' },
  boolean: { type: 'boolean', kind: 'boolean' },
  list: { type: 'tags', kind: 'jsonTags' },
};

function attributeField({ key, label, type: kept }: CustomAttribute): BoundField {
  const { type, kind } = TYPES[kept];
  const name = `${PREFIX}attribute.${key}`;
  return {
    field: {
      key: name,
      label,
      group: 'Contact attributes',
      type,
      unit: null,
      description: '',
      stage: 'facts',
      history: 'versioned',
      options: null,
      sortable: type !== 'tags',
      tracked: false,
    },
    binding: { kind: 'row', name, value: (reading) => contactAttributeSql(reading, key, kind), valueKind: kind },
  };
}

/** What contacts have of their own, keyed `contact.…`. */
export function contactFields(catalogue: Catalogue): BoundField[] {
  const own = [...relatedCatalogue('contact', catalogue).fields.values()].map(
    ({ field, binding }): BoundField => ({
      field: { ...field, key: `${PREFIX}${field.key}`, group: 'Contact', sortable: true },
      binding,
    }),
  );
  const attributes = catalogue.contactAttributes.map(attributeField);
  return [...own, ...attributes.filter(({ field }) => FIELD_KEY.test(field.key))];
}

const made = new WeakMap<Catalogue, Catalogue>();

/** What a rule over contacts may name: their own fields and those of their account. Made once for each catalogue. */
export function contactCatalogue(catalogue: Catalogue): Catalogue {
  const found = made.get(catalogue);
  if (found !== undefined) return found;
  const own = contactFields(catalogue).map((bound): [string, BoundField] => [bound.field.key, bound]);
  const ofContacts = { ...catalogue, fields: new Map([...own, ...catalogue.fields]) };
  made.set(catalogue, ofContacts);
  return ofContacts;
}

/** The contacts that a rule over contacts is put to: `x`, beside its account's `s`. Our own people are none. */
export function contactsKnown(day: string): string {
  return `x.account_id = s.account_id AND ${isKnownContact(day)}`;
}

/** These and those who are first seen after the day. */
export const CONTACTS_OF_ANY_DAY = 'x.account_id = s.account_id AND NOT x.internal';
