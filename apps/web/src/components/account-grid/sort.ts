export interface SortEntry {
  field: string;
  direction: 'asc' | 'desc';
}

export const DEFAULT_SORT: readonly SortEntry[] = [{ field: 'account.arr', direction: 'desc' }];

/** `health.score:asc,account.arr:desc` */
export function sortFromText(text: string | undefined): SortEntry[] {
  const entries = (text ?? '').split(',').flatMap((part): SortEntry[] => {
    const [field, direction] = part.split(':');
    if (!field || (direction !== 'asc' && direction !== 'desc')) return [];
    return [{ field, direction }];
  });
  return entries.slice(0, 3);
}

export function sortText(sort: readonly SortEntry[]): string | undefined {
  return sort.length === 0 ? undefined : sort.map(({ field, direction }) => `${field}:${direction}`).join(',');
}
