import { z } from 'zod';
import { isoDaySchema } from './common.js';
import { FACT_KINDS, factField, factKindInfo } from './fact-kinds.js';

/** Files in: the mapping from columns to fields, and what a dry run or an import counts and rejects. */

export const IMPORT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export const IMPORT_DELIMITERS = [',', ';', '\t', '|'] as const;

/** Order of the parts in dates written with numbers only; ISO dates and month names need none. */
export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export const DECIMAL_SIGNS = ['.', ','] as const;
export type DecimalSign = (typeof DECIMAL_SIGNS)[number];

export const METRIC_PERIODS = ['day', 'week', 'month'] as const;
export const ATTRIBUTE_TYPES = ['text', 'number', 'date', 'boolean'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** What becomes of one column: exactly one of a field, a metric, a custom attribute (an event's property), or nothing. */
export const columnMappingSchema = z
  .strictObject({
    column: z.string().min(1).max(400),
    field: z.string().max(100).optional(),
    metric: z.string().trim().min(1).max(100).optional(),
    attribute: z.string().trim().min(1).max(100).optional(),
    ignore: z.literal(true).optional(),
    /** Of an attribute; text when missing. */
    type: z.enum(ATTRIBUTE_TYPES).optional(),
    /** Found from the whole column when missing. */
    dateFormat: z.enum(DATE_ORDERS).optional(),
    decimal: z.enum(DECIMAL_SIGNS).optional(),
    /** The column's own spellings of values → values; goes before the built-in spellings. Null: no value. */
    valueMap: z.record(z.string().max(500), z.string().max(500).nullable()).optional(),
    /** Of a metric: the period that one value stands for. */
    period: z.enum(METRIC_PERIODS).optional(),
    /** Ends of a rating's scale. */
    scaleMin: z.number().optional(),
    scaleMax: z.number().optional(),
  })
  .refine(
    (entry) => [entry.field, entry.metric, entry.attribute, entry.ignore].filter((to) => to !== undefined).length === 1,
    { message: 'A column goes to exactly one of field, metric, attribute or ignore.' },
  );
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

export const importMappingSchema = z
  .strictObject({
    kind: z.enum(FACT_KINDS),
    columns: z.array(columnMappingSchema).min(1).max(2000),
    /** The same value for every row: field → value, read as if it stood in a column. */
    constants: z.record(z.string().max(100), z.string().max(500)).default({}),
    /** How the account column names accounts: by their id, or by the id of one of their subscriptions. */
    accountVia: z.enum(['externalId', 'subscription']).default('externalId'),
    /** The day that the file is as of, for rows without a day of their own. */
    dated: isoDaySchema.nullable().default(null),
    /** Of amounts that name none; the workspace's when null. Whether there is such a currency is told with the file. */
    currency: z.string().max(100).nullable().default(null),
    /** Blank cells of accounts and contacts: keep what is known, or clear it. */
    blanks: z.enum(['keep', 'clear']).default('keep'),
    /** Account rows of accounts that are not known: create them, or let the rows wait as other facts do. */
    newAccounts: z.enum(['create', 'wait']).default('create'),
    delimiter: z.enum(IMPORT_DELIMITERS).nullable().default(null),
    encoding: z.enum(IMPORT_ENCODINGS).nullable().default(null),
  })
  .superRefine((mapping, context) => {
    const info = factKindInfo(mapping.kind);
    const seen = new Set<string>();
    const problem = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const [index, entry] of mapping.columns.entries()) {
      const at = ['columns', index];
      if (entry.metric !== undefined && !info.takesMetrics)
        problem([...at, 'metric'], `${info.plural} take no metric columns.`);
      if (entry.attribute !== undefined && !info.takesAttributes)
        problem([...at, 'attribute'], `${info.plural} take no attributes.`);
      if (entry.field === undefined) continue;
      const known = factField(mapping.kind, entry.field);
      if (known === null) problem([...at, 'field'], `${info.plural} have no field "${entry.field}".`);
      else if (seen.has(entry.field) && !known.repeatable)
        problem([...at, 'field'], `Two columns go to "${known.label}".`);
      seen.add(entry.field);
    }
    for (const key of Object.keys(mapping.constants)) {
      if (factField(mapping.kind, key) === null) problem(['constants', key], `${info.plural} have no field "${key}".`);
      if (seen.has(key)) problem(['constants', key], `"${key}" has both a column and a fixed value.`);
    }
  });
export type ImportMapping = z.infer<typeof importMappingSchema>;
export type ImportMappingInput = z.input<typeof importMappingSchema>;

export const COLUMN_TYPES = [
  'empty',
  'boolean',
  'integer',
  'number',
  'percent',
  'money',
  'date',
  'email',
  'text',
] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** What a file's column holds, as far as was looked. */
export const columnProfileSchema = z.object({
  name: z.string(),
  type: z.enum(COLUMN_TYPES),
  samples: z.array(z.string()),
  /** All different values, most frequent first; null when there are many. */
  values: z.array(z.object({ value: z.string(), count: z.number().int() })).nullable(),
  dateFormat: z.enum(DATE_ORDERS).nullable(),
  /** Its dates can be read with the day or the month first, and someone has to say. */
  dateFormatAmbiguous: z.boolean(),
  decimal: z.enum(DECIMAL_SIGNS).nullable(),
});
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

/** What a column could be, with how sure that is (0–1). */
export const columnSuggestionSchema = z.object({
  mapping: columnMappingSchema,
  confidence: z.number(),
  /** Why the column is left out, and what to do about it, where that is not plain. */
  hint: z.string().optional(),
});
export type ColumnSuggestion = z.infer<typeof columnSuggestionSchema>;

/** What an import did, or in a dry run would do, in rows of the file and facts. */
export const importCountsSchema = z.object({
  /** Rows read, without header and blank lines. */
  rows: z.number().int(),
  /** Rows with fewer cells than the header, taken as they are. */
  shortRows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  /** Facts that an earlier row of the same file already brought. */
  duplicates: z.number().int(),
  /** Rows that hold no fact: events that happened no times, rows without any value. */
  empty: z.number().int().default(0),
  /** Rows, each counted once however many of its cells are at fault. */
  rejected: z.number().int(),
  /** Facts of accounts that are not known yet. */
  quarantined: z.number().int(),
  /** Tickets whose status and resolution contradict each other (status won). */
  disagreements: z.number().int(),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

const REASON_COLUMNS = [
  'rejected_line',
  'rejected_column',
  'rejected_value',
  'rejected_code',
  'rejected_reason',
] as const;

/** The column of a file of rejected rows with the id of the import that rejected them. */
export const REJECTING_IMPORT_COLUMN = 'rejected_import';

/** The columns of a file of rejected rows that say why, behind the original ones; read back, they hold no facts. */
export const REJECTION_COLUMNS = [...REASON_COLUMNS, REJECTING_IMPORT_COLUMN] as const;

/** The original columns of a file of rejected rows, with or without the mark of its import; null: it is another file. */
export function originalColumns(headers: readonly string[]): string[] | null {
  if (!REASON_COLUMNS.every((name) => headers.includes(name))) return null;
  return headers.filter((name) => !(REJECTION_COLUMNS as readonly string[]).includes(name));
}

/** One thing wrong with one row. The row is not taken; its other problems are listed too. */
export const importRejectionSchema = z.object({
  /** Physical line of the file on which the row starts. */
  line: z.number().int(),
  /** Null: the row as a whole. */
  column: z.string().nullable(),
  value: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
});
export type ImportRejection = z.infer<typeof importRejectionSchema>;
