import { readFile } from 'node:fs/promises';
import type { FactKind } from '@steward/shared/fact-kinds';
import { type ColumnMapping, type ImportMapping, importMappingSchema } from '@steward/shared/imports';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { invalidInput } from '../../platform/http/validation.js';

export interface MappingOptions {
  kind: FactKind;
  dated: string | null;
  currency: string | null;
}

/**
 * The mapping of a command: a JSON file, or `column=field` pairs with commas between them; `metric:<key>` and
 * `attribute:<key>` name metrics and custom attributes. Options given beside it win over the file's.
 */
export async function mappingArgument(argument: string, options: MappingOptions): Promise<ImportMapping> {
  const given =
    argument.includes('=') && !argument.endsWith('.json') ? { columns: pairs(argument) } : await fromFile(argument);
  return checkedMapping({
    ...given,
    kind: options.kind,
    ...(options.dated === null ? {} : { dated: options.dated }),
    ...(options.currency === null ? {} : { currency: options.currency.toUpperCase() }),
  });
}

export function checkedMapping(mapping: unknown): ImportMapping {
  const result = importMappingSchema.safeParse(mapping);
  if (!result.success) throw invalidInput(result.error.issues);
  return result.data;
}

async function fromFile(path: string): Promise<object> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new InvalidInput(`There is no mapping file ${path}. Write column=field,… to give the mapping itself.`);
  });
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
