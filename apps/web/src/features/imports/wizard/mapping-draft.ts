import { type FactKind, factField, factKindInfo } from '@steward/shared/fact-kinds';
import type { ColumnMapping, ColumnProfile, ColumnSuggestion, ImportMappingInput } from '@steward/shared/imports';
import { plainWord } from './plain-word.js';

/** The mapping while it is being made; the same shape as the one that is sent. */
export type MappingDraft = ImportMappingInput & { columns: ColumnMapping[]; constants: Record<string, string> };

/** Where a column goes, as one text for a select: `field:arr`, `metric`, `attribute`, `ignore`. */
export type TargetText = `field:${string}` | 'metric' | 'attribute' | 'ignore';

export function targetOf(column: ColumnMapping): TargetText {
  if (column.field !== undefined) return `field:${column.field}`;
  if (column.metric !== undefined) return 'metric';
  return column.attribute !== undefined ? 'attribute' : 'ignore';
}

/** The column with a new destination; what only made sense for the old one is dropped. */
export function withTarget(column: ColumnMapping, target: TargetText): ColumnMapping {
  const { column: name, dateFormat, decimal } = column;
  if (target === 'ignore') return { column: name, ignore: true };
  if (target === 'metric') return { column: name, metric: name, decimal };
  if (target === 'attribute') return { column: name, attribute: name, type: column.type, dateFormat, decimal };
  return { column: name, field: target.slice('field:'.length), dateFormat, decimal };
}

/**
 * The best suggestion of each column. Where two columns want the same field, the surer one has it; the other is left
 * out, for a person to decide.
 */
export function draftOf(kind: FactKind, suggestions: readonly ColumnSuggestion[]): MappingDraft {
  const surest = new Map<string, number>();
  suggestions.forEach(({ mapping, confidence }, index) => {
    if (mapping.field === undefined || factField(kind, mapping.field)?.repeatable) return;
    const best = surest.get(mapping.field);
    if (best === undefined || confidence > (suggestions[best]?.confidence ?? 0)) surest.set(mapping.field, index);
  });
  const columns = suggestions.map(({ mapping }, index): ColumnMapping => {
    const owner = mapping.field === undefined ? undefined : surest.get(mapping.field);
    return owner === undefined || owner === index ? mapping : { column: mapping.column, ignore: true };
  });
  return { kind, columns, constants: {}, dated: null, currency: null, accountVia: 'externalId', blanks: 'keep' };
}

export interface MappingProblem {
  /** Null: of the file as a whole. */
  column: string | null;
  text: string;
}

/** What must be settled before the mapping can be tried. */
export function problemsOf(draft: MappingDraft, profiles: readonly ColumnProfile[]): MappingProblem[] {
  const info = factKindInfo(draft.kind);
  const mapped = new Map<string, string>();
  const problems: MappingProblem[] = [];
  for (const column of draft.columns) {
    const { field } = column;
    if (field !== undefined) {
      const known = factField(draft.kind, field);
      const first = mapped.get(field);
      if (first !== undefined && !known?.repeatable) {
        problems.push({ column: column.column, text: `“${first}” goes to ${known?.label ?? field} already` });
      }
      mapped.set(field, column.column);
    }
    const profile = profiles.find((each) => each.name === column.column);
    if (profile?.dateFormatAmbiguous && column.dateFormat === undefined && isDated(draft.kind, column)) {
      problems.push({ column: column.column, text: 'Say whether the day or the month comes first' });
    }
    const name = column.metric ?? column.attribute;
    if (name !== undefined && name.trim() === '') problems.push({ column: column.column, text: 'Give it a name' });
  }
  for (const field of info.fields) {
    const present = mapped.has(field.key) || draft.constants[field.key] !== undefined;
    if (field.required && !present) problems.push({ column: null, text: `No column goes to ${field.label}` });
  }
  if (info.takesMetrics && !mapped.has('value') && !draft.columns.some((column) => column.metric !== undefined)) {
    problems.push({ column: null, text: 'No column goes to a metric' });
  }
  if (draft.kind === 'survey') problems.push(...scoreProblems(mapped, draft));
  if (needsDay(draft) && !draft.dated) {
    problems.push({ column: null, text: 'The file has no column for the day: say which day it is as of' });
  }
  return problems;
}

function scoreProblems(mapped: ReadonlyMap<string, string>, { constants }: MappingDraft): MappingProblem[] {
  const has = (key: string) => mapped.has(key) || constants[key] !== undefined;
  if (!has('score') && !has('npsScore') && !has('csatScore'))
    return [{ column: null, text: 'No column goes to a score' }];
  if (!has('score') || has('kind')) return [];
  return [{ column: null, text: 'Say whether the scores are NPS or CSAT: as Kind of survey, the same for every row' }];
}

/** True where the kind of fact needs a day and no column brings it. */
export function needsDay(draft: MappingDraft): boolean {
  const { dayField } = factKindInfo(draft.kind);
  if (dayField === null) return false;
  return !draft.columns.some((column) => column.field === dayField) && draft.constants[dayField] === undefined;
}

/** Whether the column's values are read as days. */
export function isDated(kind: FactKind, column: ColumnMapping): boolean {
  if (column.attribute !== undefined) return column.type === 'date';
  const type = column.field === undefined ? null : factField(kind, column.field)?.type;
  return type === 'day' || type === 'moment';
}

/** Values of an enumerated field's column that are none of its members by value, label or alias, most frequent first. */
export function unknownValues(kind: FactKind, column: ColumnMapping, profile: ColumnProfile | undefined): string[] {
  const options = column.field === undefined ? null : factField(kind, column.field)?.options;
  if (!options || !profile) return [];
  const known = new Set(options.flatMap(({ value, label, aliases }) => [value, label, ...aliases]).map(plainWord));
  const seen = profile.values?.map(({ value }) => value) ?? profile.samples;
  return seen.filter((value) => value.trim() !== '' && !known.has(plainWord(value)));
}
