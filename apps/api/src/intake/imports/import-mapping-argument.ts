import { readFile } from 'node:fs/promises';
import type { FactKind } from '@steward/shared/fact-kinds';
import { type ColumnMapping, type ImportMapping, importMappingSchema } from '@steward/shared/imports';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { invalidInput } from '../../platform/http/validation.js';
import { ifThere } from '../../platform/if-there.js';

export interface MappingOptions {
  kind: FactKind;
  dated: string | null;
  currency: string | null;
  /** `field=value,…`: the same for every row. */
  set: string | null;
  /** Of date columns that say nothing else. */
  dates: string | null;
}

/**
 * The mapping of a command: a JSON file, or `column=field` pairs with commas between them; `metric:<key>` and
 * `attribute:<key>` name metrics and custom attributes. Options given beside it win over the file's.
 */
export async function mappingArgument(argument: string, options: MappingOptions): Promise<ImportMapping> {
  const given =
    argument.includes('=') && !argument.endsWith('.json') ? { columns: pairs(argument) } : await fromFile(argument);
  return withOptions(given, options);
}

/** A mapping with the options given beside it. */
export function withOptions(given: { columns?: unknown; constants?: unknown }, options: MappingOptions): ImportMapping {
  const { kind, dated, currency, set, dates } = options;
  const columns = Array.isArray(given.columns) ? (given.columns as ColumnMapping[]) : null;
  return checkedMapping({
    ...given,
    kind,
    ...(dated === null ? {} : { dated }),
    ...(currency === null ? {} : { currency }),
    ...(set === null ? {} : { constants: { ...(given.constants ?? {}), ...fixedValues(set) } }),
    ...(dates === null || columns === null
      ? {}
      : { columns: columns.map((entry) => ({ ...entry, dateFormat: entry.dateFormat ?? dates })) }),
  });
}

function fixedValues(argument: string): Record<string, string> {
  const values = argument.split(',').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 1) throw new InvalidInput(`"${pair}" is not field=value.`);
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  return Object.fromEntries(values);
}

export function checkedMapping(mapping: unknown): ImportMapping {
  const result = importMappingSchema.safeParse(mapping);
  if (!result.success) throw invalidInput(result.error.issues);
  return result.data;
}

async function fromFile(path: string): Promise<object> {
  const text = await ifThere(readFile(path, 'utf8'));
  if (text === null) {
    throw new InvalidInput(`There is no mapping file ${path}. Write column=field,… to give the mapping itself.`);
  }
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    throw new InvalidInput(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function pairs(argument: string): ColumnMapping[] {
  return argument.split(',').map((pair) => {
    const at = pair.lastIndexOf('=');
    const column = pair.slice(0, at).trim();
    const target = pair.slice(at + 1).trim();
    if (at < 1 || target === '') throw new InvalidInput(`"${pair}" is not column=field.`);
    if (target.startsWith('metric:')) return { column, metric: target.slice(7) };
    if (target.startsWith('attribute:')) return { column, attribute: target.slice(10) };
    return target === 'ignore' ? { column, ignore: true } : { column, field: target };
  });
}
