import { type CatalogueField, FIELD_STAGES, type FieldStage } from '@steward/shared/catalogue';

/**
 * Where a field's value is found. `s` is the row of computed state (of now, of a running day, or a snapshot), `a` the
 * account. Bindings never leave the server: the contract carries the field alone.
 */
export type FieldBinding =
  /** A column of `account`; `version` names its history in `account_field`, null where none is kept. */
  | { kind: 'account'; column: string; version: string | null }
  /** A column of computed state; `closed` holds it as of the close of the day before, `since` the day it began. */
  | { kind: 'state'; column: string; closed: string | null; since: string | null; closedSince: string | null }
  | { kind: 'signal'; number: number }
  | { kind: 'attribute'; key: string }
  /** A fact that nothing produces yet. */
  | { kind: 'constant'; value: boolean };

/** How a value stands in SQL, which decides how an operand is compared with it. */
export type ValueKind =
  | 'text'
  | 'exact'
  | 'minor'
  | 'real'
  | 'date'
  | 'boolean'
  | 'flag'
  | 'uuid'
  | 'tags'
  | 'jsonTags';

export interface BoundField {
  field: CatalogueField;
  binding: FieldBinding;
}

export interface Catalogue {
  fields: ReadonlyMap<string, BoundField>;
  /** ISO 4217 code of the workspace; operands for money are in its major units. */
  currency: string;
  /** Digits after the point in that currency. */
  minorDigits: number;
  /** The workspace's IANA time zone: its days are those of events. */
  timeZone: string;
  /** Ids of features by their key. */
  features: ReadonlyMap<string, number>;
}

export function catalogueFields(catalogue: Catalogue): CatalogueField[] {
  return [...catalogue.fields.values()].map(({ field }) => field);
}

/** True where `stage` comes before `other` in the pipeline. */
export function stageIsBefore(stage: FieldStage, other: FieldStage): boolean {
  return FIELD_STAGES.indexOf(stage) < FIELD_STAGES.indexOf(other);
}

export function isNumeric({ field }: BoundField): boolean {
  return field.type === 'number' || field.type === 'money' || field.type === 'percent';
}
