import type { CatalogueField, FieldCatalogue } from '@steward/shared/catalogue';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { request } from './api.js';

/** GET /catalogue: the fields that filters, columns and charts may name, with the members of enumerated ones. */
export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: ({ signal }) => request<FieldCatalogue>('GET', '/catalogue', { signal }),
  staleTime: 5 * 60_000,
});

const NO_FIELDS: CatalogueField[] = [];

export function useCatalogue(): CatalogueField[] {
  return useQuery(catalogueQuery).data?.fields ?? NO_FIELDS;
}

/** What rules over contacts may name: their own fields, then those of their account. */
export function useContactCatalogue(): CatalogueField[] {
  const { data } = useQuery(catalogueQuery);
  return useMemo(() => (data ? [...data.contactFields, ...data.fields] : NO_FIELDS), [data]);
}

const NO_PLAYBOOKS: FieldCatalogue['playbooks'] = [];

/** Playbooks by name, as conditions over goals name them. */
export function usePlaybookNames(): FieldCatalogue['playbooks'] {
  return useQuery(catalogueQuery).data?.playbooks ?? NO_PLAYBOOKS;
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
