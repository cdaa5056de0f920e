import type { ApiKey, CreateApiKey } from '@steward/shared/access';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** GET /api-keys */
export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await request<{ keys: ApiKey[] }>('GET', '/api-keys', { signal })).keys,
});

/** POST /api-keys: the secret is in this answer once and never again. */
export function useCreateApiKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (key: CreateApiKey) => request<ApiKey & { secret: string }>('POST', '/api-keys', { body: key }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}

/** DELETE /api-keys/:id */
export function useRevokeApiKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<ApiKey>('DELETE', `/api-keys/${id}`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}
