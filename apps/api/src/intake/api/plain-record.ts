import { type FactKind, factField, factKindInfo } from '@steward/shared/fact-kinds';
import type { ColumnMapping, ImportMapping } from '@steward/shared/imports';
import type { FactRow } from '../../domain/values/fact-rows.js';
import { type MappingContext, mapRow, type PreparedMapping, prepareMapping } from '../../domain/values/map-row.js';
import { badInstant, type IntakeProblem, problem, readInstant, unstorable } from './intake-problem.js';

/** One fact given as JSON, read: the facts it holds, or what is wrong with it. */
export type ReadRecord =
  | { ok: true; facts: FactRow[]; observedAt: Date | null }
  | { ok: false; problems: IntakeProblem[] };

type Cell = { column: string; text: string; entry: ColumnMapping };

const KEPT_PREPARED = 500;

/**
 * Reads facts in JSON by the same fields, coercions and checks as rows of files: a record's keys are the columns. A key
 * with null clears the field of an account or contact; a key that is missing leaves it as it is.
 */
export class PlainRecords {
  private readonly prepared = new Map<string, PreparedMapping | IntakeProblem[]>();

  constructor(private readonly context: MappingContext) {}

  read(kind: FactKind, record: unknown): ReadRecord {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      return { ok: false, problems: [problem('WRONG_TYPE', null, 'A fact is an object of fields.')] };
    }
    const bad = unstorable(record, '');
    if (bad !== null) return { ok: false, problems: [bad] };
    const { observedAt: observed, properties, ...fields } = record as Record<string, unknown>;
    const observedAt = observed === undefined || observed === null ? null : readInstant(observed);
    if (observed && observedAt === null) {
      return { ok: false, problems: [badInstant(observed, 'observedAt')] };
    }
    const { cells, problems } = cellsOf(kind, fields);
    const ownProperties = kind === 'event' ? propertiesOf(properties) : {};
    if (properties !== undefined && (kind !== 'event' || ownProperties === null)) {
      const code = kind === 'event' ? 'WRONG_TYPE' : 'UNKNOWN_FIELD';
      problems.push(
        problem(code, 'properties', kind === 'event' ? 'properties is an object.' : `There is no field "properties".`),
      );
    }
    if (problems.length > 0) return { ok: false, problems };
    const mapped = this.map(kind, cells);
    if (!mapped.ok) return mapped;
    const facts = mapped.facts.map((fact) => finished(fact, fields, ownProperties ?? {}));
    return { ok: true, facts, observedAt };
  }

  private map(
    kind: FactKind,
    cells: readonly Cell[],
  ): { ok: true; facts: FactRow[] } | { ok: false; problems: IntakeProblem[] } {
    const prepared = this.preparedFor(kind, cells);
    if (Array.isArray(prepared)) return { ok: false, problems: prepared };
    const row = mapRow(
      prepared,
      cells.map(({ text }) => text),
    );
    if (row.problems.length === 0) return { ok: true, facts: row.facts };
    return { ok: false, problems: row.problems.map(({ code, column, reason }) => problem(code, column, reason)) };
  }

  /** Records of one feed mostly have the same keys. */
  private preparedFor(kind: FactKind, cells: readonly Cell[]): PreparedMapping | IntakeProblem[] {
    // As JSON: a name may hold any sign, so that joined names of one record could read as those of another.
    const key = JSON.stringify([kind, cells.map(({ column, entry }) => [column, entry.type])]);
    const known = this.prepared.get(key);
    if (known !== undefined) return known;
    const mapping: ImportMapping = {
      kind,
      columns: cells.map(({ entry }) => entry),
      constants: {},
      accountVia: cells.some(({ column }) => column === 'subscriptionId') ? 'subscription' : 'externalId',
      // An event without a time of its own gets that of its first arrival; the day only stands in for it meanwhile.
      dated: kind === 'event' ? this.context.receivedOn : null,
      currency: null,
      blanks: 'clear',
      newAccounts: 'create',
      delimiter: null,
      encoding: null,
    };
    const result = prepareMapping(
      mapping,
      cells.map(({ column }) => column),
      this.context,
    );
    const made = result.ok
      ? result.prepared
      : result.problems.map(({ field, message }) => problem('MISSING_VALUE', field, message));
    if (this.prepared.size >= KEPT_PREPARED) this.prepared.clear();
    this.prepared.set(key, made);
    return made;
  }
}

function cellsOf(kind: FactKind, record: Record<string, unknown>): { cells: Cell[]; problems: IntakeProblem[] } {
  const cells: Cell[] = [];
  const problems: IntakeProblem[] = [];
  const add = (column: string, value: unknown, entry: Omit<ColumnMapping, 'column'>) => {
    const text = textOf(value, entry.field === undefined ? null : (factField(kind, entry.field)?.type ?? null));
    if (text === null) problems.push(problem('WRONG_TYPE', column, `${column} takes another type of value.`));
    else cells.push({ column, text, entry: { column, decimal: '.', ...entry } });
  };
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) continue;
    if (key === 'subscriptionId' && record['account'] === undefined) add(key, value, { field: 'account' });
    else if (key === 'attributes' && factKindInfo(kind).takesAttributes && kind !== 'event') {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        problems.push(problem('WRONG_TYPE', 'attributes', 'attributes is an object.'));
        continue;
      }
      for (const [name, own] of Object.entries(value)) addAttribute(add, name, own, problems);
    } else if (factField(kind, key) !== null) add(key, value, { field: key });
    else problems.push(problem('UNKNOWN_FIELD', key, `${factKindInfo(kind).plural} have no field "${key}".`));
  }
  return { cells, problems };
}

function addAttribute(
  add: (column: string, value: unknown, entry: Omit<ColumnMapping, 'column'>) => void,
  name: string,
  value: unknown,
  problems: IntakeProblem[],
): void {
  const key = name.trim();
  if (key === '__proto__') {
    problems.push(problem('BAD_ATTRIBUTE', 'attributes.__proto__', 'An attribute cannot be named __proto__.'));
    return;
  }
  if (key === '' || key.length > 100) {
    problems.push(
      problem('BAD_ATTRIBUTE', `attributes.${name.slice(0, 100)}`, 'The name of an attribute has 1 to 100 characters.'),
    );
    return;
  }
  const column = `attributes.${key}`;
  if (typeof value === 'object' && value !== null) add(column, JSON.stringify(value), { attribute: key, type: 'text' });
  else add(column, value, { attribute: key, type: attributeType(value) });
}

function attributeType(value: unknown): 'text' | 'number' | 'boolean' | 'date' {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? 'date' : 'text';
}

/** A JSON value as a file would spell it; null: a type that the field does not take. */
function textOf(value: unknown, type: string | null): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) && type !== 'boolean' && type !== 'day' ? String(value) : null;
    case 'boolean':
      return type === 'boolean' || type === null ? String(value) : null;
    default:
      if (value === null) return '';
      return type === 'list' && Array.isArray(value) ? JSON.stringify(value) : null;
  }
}

function propertiesOf(value: unknown): Record<string, unknown> | null {
  if (value === undefined || value === null) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

function finished(fact: FactRow, fields: Record<string, unknown>, properties: Record<string, unknown>): FactRow {
  if (fact.kind !== 'event') return fact;
  const untimed = fields['occurredAt'] === undefined || fields['occurredAt'] === null;
  return { ...fact, properties, occurredAt: untimed ? null : fact.occurredAt };
}
