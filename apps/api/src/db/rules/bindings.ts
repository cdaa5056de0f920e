import { type CatalogueField, FIELD_STAGES, type FieldStage } from '@steward/shared/catalogue';
import type { Scope } from '../../platform/auth/scope.js';

/**
 * Where a field's value is found. `s` is the row of computed state (of now, of a running day, or a snapshot), `a` the
 * account. Bindings never leave the server: the contract carries the field alone.
 */
export type FieldBinding =
  | RowBinding
  | AccountBinding
  | StateBinding
  | { kind: 'signal'; number: number }
  | { kind: 'attribute'; key: string };

/**
 * A column of `account`; `version` names its history in `account_field`, null where none is kept. `tellsOf` is the field
 * with the day of what this one tells more about: a first value holds backwards to that day and no further, unless there
 * never was such a day.
 */
export interface AccountBinding {
  kind: 'account';
  column: string;
  version: string | null;
  tellsOf?: { column: string; version: string };
}

/**
 * A column of computed state; `closed` holds it as of the close of the day before, `since` the day it began,
 * `bandRing` the bands of the closed days by their letters.
 */
export interface StateBinding {
  kind: 'state';
  column: string;
  closed: string | null;
  since: string | null;
  closedSince: string | null;
  bandRing: string | null;
}

/** What the values of such rows are read with. */
export interface RowReading {
  /** The day as an SQL date. */
  day: string;
  /** Reads fields as they were on the day. */
  versions: boolean;
  /** Leaves out what the pipeline itself does to the rows on the day: their stage comes after the one that asks. */
  closed: boolean;
  /** Whose accounts may be told of beside the one that is asked; null: everybody's. Not set: nobody asks for others. */
  reader?: Scope | null;
  catalogue: Catalogue;
  bind: (value: unknown) => string;
}

/** A value of a row that belongs to the account; `name` says it with the kind of row: `deal.stage`. */
export interface RowBinding {
  kind: 'row';
  name: string;
  value: (reading: RowReading) => string;
  valueKind: ValueKind;
  /** It is a column and nothing more: a condition may name it twice, and an index can serve. */
  plain?: true;
  /** A column of the row without which there is no value: conditions name it too, so that an index of such rows can serve. */
  restsOn?: string;
  /** It names a column of `account a`. */
  readsAccount?: true;
  /** Of most rows the value is known without its look-ups: conditions on it are asked as if it had none. */
  seldomLooksUp?: true;
}

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

export type AttributeFieldType = 'text' | 'number' | 'date' | 'boolean' | 'list';

export interface CustomAttribute {
  key: string;
  label: string;
  type: AttributeFieldType;
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
  /** Keys, labels and types of what contacts have besides their own fields. */
  contactAttributes: readonly CustomAttribute[];
  /** Those that are not deleted. */
  playbooks: readonly { id: string; name: string }[];
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
