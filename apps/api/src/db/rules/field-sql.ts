import type { FieldStage } from '@steward/shared/catalogue';
import { literal } from './binder.js';
import { type AccountBinding, type BoundField, type RowReading, stageIsBefore, type ValueKind } from './bindings.js';
import type { RuleScope } from './rule-scope.js';

/** A field's value in a row. `plain` columns may be named twice and keep their index; other expressions may not. */
export interface FieldSql {
  sql: string;
  kind: ValueKind;
  plain: boolean;
  /** A column without which there is no value. */
  restsOn?: string;
  /** 1 where the value is that of the close of the day before. */
  daysBack: 0 | 1;
}

const KIND_BY_COLUMN: Record<string, ValueKind> = { arr_minor: 'minor', mrr_minor: 'minor', coverage: 'real' };

/** How the field's values stand in SQL. */
export function valueKindOf({ field, binding }: BoundField): ValueKind {
  if (binding.kind === 'row') return binding.valueKind;
  if (binding.kind === 'signal') return field.type === 'boolean' ? 'flag' : 'real';
  switch (field.type) {
    case 'text':
    case 'enum':
      return 'text';
    case 'user':
      return 'uuid';
    case 'date':
    case 'boolean':
      return field.type;
    case 'tags':
      return binding.kind === 'attribute' ? 'jsonTags' : 'tags';
    default:
      return (binding.kind === 'state' ? KIND_BY_COLUMN[binding.column] : undefined) ?? 'exact';
  }
}

/** True where the stage has its turn only after the rules that are asked. */
function comesLater({ context }: RuleScope, stage: FieldStage): boolean {
  return context.kind !== 'live' && context.stage !== undefined && !stageIsBefore(stage, context.stage);
}

/** True where the rule reads the field as of the close of the day before. */
function isClosed(scope: RuleScope, { field }: BoundField): boolean {
  return scope.context.kind === 'run' && comesLater(scope, field.stage);
}

function readsVersions({ context }: RuleScope): boolean {
  return context.kind === 'past' || (context.kind === 'run' && context.versions);
}

/** How rows are read that the stage makes. */
export function rowReading(scope: RuleScope, stage: FieldStage): RowReading {
  const { binder, catalogue } = scope;
  return {
    // Read when it is needed: reading binds it, and a parameter that no expression names is refused.
    get day() {
      return scope.day;
    },
    catalogue,
    bind: binder.bind,
    versions: readsVersions(scope),
    closed: comesLater(scope, stage),
    reader: scope.reader,
  };
}

/** The field's value in the row, as the context reads it. */
export function fieldSql(scope: RuleScope, bound: BoundField): FieldSql {
  const { binding, field } = bound;
  const kind = valueKindOf(bound);
  const closed = isClosed(scope, bound);
  const daysBack = closed ? 1 : 0;
  switch (binding.kind) {
    case 'state':
      if (closed && binding.closed === null) throw new Error(`${field.key} is not kept as of the close of a day`);
      return { sql: `s.${closed ? binding.closed : binding.column}`, kind, plain: true, daysBack };
    case 'signal': {
      // A run reads every row of its batch: there an index cannot serve, and each look into the list has its price.
      const plain = scope.context.kind !== 'run';
      return { sql: `s.${closed ? 'closed_signals' : 'signals'}[${binding.number}]`, kind, plain, daysBack };
    }
    case 'row': {
      const gathered = scope.gathered.get(field.key);
      if (gathered !== undefined) return { sql: gathered, kind, plain: true, daysBack: 0 };
      if (field.history === 'now-only' && readsVersions(scope)) scope.nowOnlyFields.add(binding.name);
      if (binding.readsAccount) scope.readsAccount = true;
      const sql = binding.value(rowReading(scope, field.stage));
      if (binding.seldomLooksUp) scope.seldomLookedUp.add(sql);
      return { sql, kind, plain: binding.plain === true, restsOn: binding.restsOn, daysBack: 0 };
    }
    case 'attribute':
      return { ...attributeSql(scope, bound, binding.key, kind), daysBack: 0 };
    case 'account':
      return { ...accountSql(scope, bound, binding, kind), daysBack: 0 };
  }
}

function attributeSql(scope: RuleScope, bound: BoundField, key: string, kind: ValueKind) {
  scope.readsAccount = true;
  const now = `a.attributes -> ${literal(key)}`;
  const json = readsVersions(scope) ? versionSql(scope, bound.field.key, now) : `(${now})`;
  return { sql: fromJson(json, kind), kind, plain: false };
}

function accountSql(
  scope: RuleScope,
  { field }: BoundField,
  { column: name, version, tellsOf }: AccountBinding,
  kind: ValueKind,
): Omit<FieldSql, 'daysBack'> {
  scope.readsAccount = true;
  const column = `a.${name}`;
  const asOfThen = readsVersions(scope);
  if (asOfThen && field.history === 'now-only') scope.nowOnlyFields.add(field.key);
  const jsonKind = kind === 'tags' ? 'jsonTags' : kind;
  const value: Omit<FieldSql, 'daysBack'> =
    asOfThen && version !== null
      ? { sql: fromJson(versionSql(scope, version, column, tellsOf), jsonKind), kind: jsonKind, plain: false }
      : { sql: column, kind, plain: true };
  if (field.history !== 'dated') return value;
  // A dated field says when something happened: before that day it had not.
  return { ...value, sql: `(CASE WHEN ${value.sql} <= ${scope.day} THEN ${value.sql} END)`, plain: false };
}

/**
 * The value of an account's field on the day, as json: the newest version from that day or before. A first version holds
 * backwards; of a field that tells of what happened, to the day of that, as it was known on the day. A field without
 * history is as it is now.
 */
function versionSql(scope: RuleScope, field: string, now: string, tellsOf?: AccountBinding['tellsOf']): string {
  const happened = tellsOf === undefined ? null : hadHappened(scope, tellsOf);
  return newestVersionSql(versionsOf(field), now, scope.day, happened);
}

const versionsOf = (field: string) =>
  `FROM steward.account_field v WHERE v.account_id = s.account_id AND v.field = ${literal(field)}`;

/** Or nothing ever told of its day. */
function hadHappened({ day }: RuleScope, { column, version }: NonNullable<AccountBinding['tellsOf']>): string {
  const versions = versionsOf(version);
  const on = fromJson(newestVersionSql(versions, `a.${column}`, day), 'date');
  return `(${on} <= ${day} OR (a.${column} IS NULL AND NOT EXISTS (SELECT 1 ${versions} AND v.value <> 'null')))`;
}

/** The value of another account's field on the day: `account` is its id, `now` its value of now. */
export function accountVersionSql(
  reading: RowReading,
  { account, field, now }: { account: string; field: string; now: string },
  kind: ValueKind,
): string {
  if (!reading.versions) return now;
  const of = `FROM steward.account_field v WHERE v.account_id = ${account} AND v.field = ${literal(field)}`;
  return fromJson(newestVersionSql(of, now, reading.day), kind);
}

/** The value of a contact's field on the day; `x` is the contact, `now` its value of now. */
export function contactVersionSql(reading: RowReading, field: string, now: string, kind: ValueKind): string {
  if (!reading.versions) return now;
  const of = 'FROM steward.contact_field v WHERE v.account_id = s.account_id AND v.contact_id = x.id';
  return fromJson(newestVersionSql(`${of} AND v.field = ${literal(field)}`, now, reading.day), kind);
}

/** A custom attribute of a contact on the day; `x` is the contact. */
export function contactAttributeSql(reading: RowReading, key: string, kind: ValueKind): string {
  const now = `x.attributes -> ${literal(key)}`;
  if (!reading.versions) return fromJson(`(${now})`, kind);
  const of = 'FROM steward.contact_field v WHERE v.account_id = s.account_id AND v.contact_id = x.id';
  return fromJson(newestVersionSql(`${of} AND v.field = ${literal(`attribute.${key}`)}`, now, reading.day), kind);
}

function newestVersionSql(versions: string, now: string, day: string, heldBackIf: string | null = null): string {
  const first = `(SELECT jsonb_build_array(v.value) ${versions} ORDER BY v.from_day LIMIT 1)`;
  const before = `${first}, jsonb_build_array(${now})`;
  // Of most accounts there is nothing to hold back.
  const heldBack = `CASE WHEN ${now} IS NULL AND NOT EXISTS (SELECT 1 ${versions}) THEN NULL
    WHEN ${heldBackIf} THEN COALESCE(${before}) END`;
  return `(COALESCE(
    (SELECT jsonb_build_array(v.value) ${versions} AND v.from_day <= ${day} ORDER BY v.from_day DESC LIMIT 1),
    ${heldBackIf === null ? before : heldBack}) -> 0)`;
}

/** A json value as SQL; one of another type than the field's is not set rather than an error. */
function fromJson(json: string, kind: ValueKind): string {
  const text = `(${json} #>> '{}')`;
  switch (kind) {
    case 'exact':
      // A number beyond any meaning would overflow what it is compared with.
      return `(CASE WHEN jsonb_typeof(${json}) <> 'number' THEN NULL WHEN abs(${text}::numeric) < 1e100 THEN round(${text}::numeric, 30) END)`;
    case 'boolean':
      return `(CASE WHEN jsonb_typeof(${json}) = 'boolean' THEN ${text}::boolean END)`;
    case 'date':
      return `(CASE WHEN ${text} ~ '^\\d{4}-\\d{2}-\\d{2}$' AND pg_input_is_valid(${text}, 'date') THEN ${text}::date END)`;
    case 'jsonTags':
      return `(CASE WHEN jsonb_typeof(${json}) = 'array' THEN ${json} END)`;
    default:
      return text;
  }
}
