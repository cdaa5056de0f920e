import type { CreateProfile, ProfileEntry, UpdateProfile } from '@steward/shared/model-versions';
import { useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { profilesQuery } from './get-profiles.js';

/** After a change of the model everything that is read of it may have changed. */
function useModelChange<V, A>(change: (variables: V) => Promise<A>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: ['health-profiles'] }),
  });
}

export const useCreateProfile = () =>
  useModelChange((body: CreateProfile) => request<ProfileEntry>('POST', '/health-profiles', { body }));

export const useUpdateProfile = ({ id, revision }: Pick<ProfileEntry, 'id' | 'revision'>) =>
  useModelChange((change: Omit<UpdateProfile, 'revision'>) =>
    request<ProfileEntry>('PATCH', `/health-profiles/${id}`, { body: { ...change, revision } }),
  );

export const useDeleteProfile = ({ id, revision }: Pick<ProfileEntry, 'id' | 'revision'>) =>
  useModelChange(() => request<void>('DELETE', `/health-profiles/${id}`, { query: { revision } }));

/** The order shows at once, and goes back where the server refuses it. */
export function useOrderProfiles() {
  const client = useQueryClient();
  const { queryKey } = profilesQuery;
  return useMutation({
    mutationFn: (ids: string[]) => request('PUT', '/health-profiles/order', { body: { ids } }),
    onMutate: async (ids) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      client.setQueryData(queryKey, before && inOrder(before, ids));
      return { before };
    },
    onError: (_error, _ids, context) => client.setQueryData(queryKey, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey: ['health-profiles'] }),
  });
}

/** The default profile is always last. */
const inOrder = (profiles: readonly ProfileEntry[], ids: readonly string[]): ProfileEntry[] => [
  ...ids.flatMap((id) => profiles.filter((each) => each.id === id)),
  ...profiles.filter(({ id }) => !ids.includes(id)),
];
