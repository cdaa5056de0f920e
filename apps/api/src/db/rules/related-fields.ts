import { type RelatedKind, relatedFields } from '@steward/shared/related';
import type { BoundField, Catalogue } from './bindings.js';
import { RELATED_ROWS, type RelatedRows } from './related-rows.js';

/** The catalogue that a rule over the rows of a kind is read in: their own fields alone, in the same workspace. */
export function relatedCatalogue(of: RelatedKind, catalogue: Catalogue): Catalogue {
  const rows: RelatedRows = RELATED_ROWS[of];
  const { playbooks } = catalogue;
  const own = (key: string) => catalogue.fields.get(key)?.field;
  const fields = relatedFields(of, { own, playbooks }).map((field): [string, BoundField] => {
    const read = rows.fields[field.key];
    if (read === undefined) throw new Error(`${of}.${field.key} has no value`);
    return [field.key, { field, binding: { kind: 'row', name: `${of}.${field.key}`, ...read } }];
  });
  return { ...catalogue, fields: new Map(fields) };
}
