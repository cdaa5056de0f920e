import { z } from 'zod';
import { idSchema, isoDaySchema, lineSchema, noteSchema } from './common.js';
import { FACT_KINDS } from './fact-kinds.js';
import {
  columnProfileSchema,
  columnSuggestionSchema,
  DATE_ORDERS,
  IMPORT_DELIMITERS,
  IMPORT_ENCODINGS,
  importCountsSchema,
  importMappingSchema,
  importRejectionSchema,
} from './imports.js';

/**
 * Files in, step by step: POST /api/v1/imports (the file as body, or as multipart form) → GET …/:id/preview → PUT
 * …/:id/mapping → POST …/:id/dry-run → POST …/:id/run; poll GET …/:id meanwhile.
 */

export const IMPORT_STATES = [
  'uploaded',
  'checking',
  'checked',
  'queued',
  'running',
  'done',
  'failed',
  'cancelled',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** POST /api/v1/imports?fileName=&kind= ; without a kind the likeliest is taken. */
export const uploadQuerySchema = z.strictObject({
  fileName: noteSchema(300).min(1).default('file.csv'),
  kind: z.enum(FACT_KINDS).optional(),
});
export type UploadQuery = z.output<typeof uploadQuerySchema>;

/** Why a file or its mapping was refused as a whole, or what someone has to say first. */
export const importProblemSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** What is wrong with the mapping: columns, fields. */
  problems: z
    .array(
      z.object({ code: z.string(), column: z.string().nullable(), field: z.string().nullable(), message: z.string() }),
    )
    .default([]),
  /** Date columns that can be read with the day or the month first. */
  questions: z
    .array(z.object({ column: z.string(), examples: z.array(z.string()), choices: z.array(z.enum(DATE_ORDERS)) }))
    .default([]),
});
export type ImportProblem = z.infer<typeof importProblemSchema>;

export const importSchema = z.object({
  id: z.string(),
  kind: z.enum(FACT_KINDS),
  fileName: z.string(),
  fileBytes: z.number(),
  state: z.enum(IMPORT_STATES),
  mapping: importMappingSchema.nullable(),
  /** What the dry run found that an import would do. */
  wouldDo: importCountsSchema.nullable(),
  /** What the import has done so far. */
  did: importCountsSchema.nullable(),
  /** 0–1, of the bytes of the file. */
  progress: z.number(),
  /** The line up to which everything is committed. */
  committedLine: z.number(),
  problem: importProblemSchema.nullable(),
  /** The name of the person or API key that brought the file; null: a command. */
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type Import = z.infer<typeof importSchema>;

export const importListSchema = z.object({ imports: z.array(importSchema) });

/** GET /api/v1/imports/:id */
export const importDetailSchema = importSchema.extend({
  /** Owner texts of this import that match no user, with the accounts that carry them today. */
  owners: z.array(z.object({ text: z.string(), accounts: z.number().int() })),
  /** Fields that people had set by hand and that were not overwritten. */
  keptByHand: z.number().int(),
  /** Currencies of amounts that have no exchange rate now, with the rows that bring some. */
  withoutRate: z.array(z.object({ currency: z.string(), rows: z.number().int() })),
  /** The first rejected rows; GET …/:id/rejected.csv has all of them with their original columns. */
  rejections: z.array(importRejectionSchema),
});
export type ImportDetail = z.infer<typeof importDetailSchema>;

/** GET /api/v1/imports/:id/preview?kind= */
export const previewQuerySchema = z.strictObject({ kind: z.enum(FACT_KINDS).optional() });
export type PreviewQuery = z.output<typeof previewQuerySchema>;

export const savedMappingSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(FACT_KINDS),
  mapping: importMappingSchema,
});
export type SavedMapping = z.infer<typeof savedMappingSchema>;

export const importPreviewSchema = z.object({
  encoding: z.enum(IMPORT_ENCODINGS),
  delimiter: z.enum(IMPORT_DELIMITERS),
  headers: z.array(z.object({ name: z.string(), renamed: z.enum(['empty', 'duplicate']).nullable() })),
  rows: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()), problem: z.string().nullable() })),
  /** How many rows were looked at, and whether these were all. */
  rowsRead: z.number().int(),
  complete: z.boolean(),
  kind: z.enum(FACT_KINDS),
  kinds: z.array(z.object({ kind: z.enum(FACT_KINDS), confidence: z.number() })),
  columns: z.array(columnProfileSchema),
  suggestions: z.array(columnSuggestionSchema),
  /** Whether the file has to be given the day that it is as of. */
  needsDay: z.boolean(),
  /** Mappings saved for files with the same header. */
  savedMappings: z.array(savedMappingSchema),
  /** Of a file of rejected rows: that nothing tells how they were read; null: something does, or it is another file. */
  unclearOrigin: z.string().nullable(),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** PUT /api/v1/imports/:id/mapping */
export const setMappingSchema = z.strictObject({
  mapping: importMappingSchema,
  /** Kept under this name for files with the same header. */
  saveAs: lineSchema(120).min(1).nullable().default(null),
});
export type SetMapping = z.output<typeof setMappingSchema>;

export const savedMappingListSchema = z.object({ mappings: z.array(savedMappingSchema) });

/** POST /api/v1/owner-aliases: from now on this owner text means this user, in what is stored and in what comes. */
export const ownerAliasSchema = z.strictObject({ text: noteSchema(500).min(1), userId: idSchema });
export type OwnerAlias = z.output<typeof ownerAliasSchema>;
export const ownerAliasedSchema = z.object({ accounts: z.number().int() });

/** GET /api/v1/sources */
export const sourceListSchema = z.object({
  sources: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      factKind: z.enum(FACT_KINDS),
      covers: z.enum(['all', 'seen']),
      firstFactDay: isoDaySchema.nullable(),
      lastReceivedAt: z.string().nullable(),
      deliveryDays: z.number().int(),
      /** No fact for three times its usual gap between deliveries, and at least three days. */
      silent: z.boolean(),
      /** The first day of the silence; null while it is not silent. */
      silentSince: isoDaySchema.nullable(),
      rows: z.number(),
    }),
  ),
});
export type SourceList = z.infer<typeof sourceListSchema>;

/** PATCH /api/v1/sources: whether silence about an account means none, or not known. */
export const updateSourceSchema = z.strictObject({ key: z.string().min(1).max(200), covers: z.enum(['all', 'seen']) });
export type UpdateSource = z.output<typeof updateSourceSchema>;
