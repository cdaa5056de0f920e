import type { Import, ImportDetail } from '@steward/shared/import-api';
import { queryOptions } from '@tanstack/react-query';
import { request } from '../../lib/api.js';

const POLL_MS = 1000;

/** Something is happening to the file, so it is worth asking again. */
export const isBusy = ({ state }: Pick<Import, 'state'>): boolean =>
  state === 'checking' || state === 'queued' || state === 'running';

/** GET /imports: newest first; asked again while one is under way. */
export const importsQuery = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: async ({ signal }) => (await request<{ imports: Import[] }>('GET', '/imports', { signal })).imports,
  refetchInterval: ({ state }) => (state.data?.some(isBusy) ? 2 * POLL_MS : false),
});

/** GET /imports/:id, asked again while something is happening to it. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => request<ImportDetail>('GET', `/imports/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? POLL_MS : false),
    staleTime: 0,
  });
