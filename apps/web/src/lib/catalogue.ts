import type { CatalogueField } from '@steward/shared/catalogue';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './api.js';

/** GET /catalogue: the fields that filters, columns and charts may name, with the members of enumerated ones. */
export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: async ({ signal }) => {
    const { fields } = await request<{ fields: CatalogueField[] }>('GET', '/catalogue', { signal });
    return fields;
  },
  staleTime: 5 * 60_000,
});

const NO_FIELDS: CatalogueField[] = [];

export function useCatalogue(): CatalogueField[] {
  return useQuery(catalogueQuery).data ?? NO_FIELDS;
}

export const fieldOf = (catalogue: readonly CatalogueField[], key: string): CatalogueField | null =>
  catalogue.find((field) => field.key === key) ?? null;

/** The label of a member of an enumerated field, or the member itself. */
export function optionLabel(catalogue: readonly CatalogueField[], key: string, value: string): string {
  return fieldOf(catalogue, key)?.options?.find((option) => option.value === value)?.label ?? humanize(value);
}

/** at_risk → At risk */
export function humanize(key: string): string {
  const words = key.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
