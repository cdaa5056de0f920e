import type { Preferences, SetPreferences } from '@steward/shared/notifications';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

const PATH = '/me/notification-preferences';

/** GET /me/notification-preferences */
export const preferencesQuery = queryOptions({
  queryKey: ['notifications', 'preferences'],
  queryFn: ({ signal }) => request<Preferences>('GET', PATH, { signal }),
});

/** PUT /me/notification-preferences */
export function useSetPreferences() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (choices: SetPreferences) => request<Preferences>('PUT', PATH, { body: choices }),
    onSuccess: (preferences) => queryClient.setQueryData(preferencesQuery.queryKey, preferences),
    onError: () => queryClient.invalidateQueries({ queryKey: preferencesQuery.queryKey }),
  });
}
