import type { CreateUser, UpdateUser, User } from '@steward/shared/access';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { toast } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** GET /users */
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await request<{ users: User[] }>('GET', '/users', { signal })).users,
});

type SaveUser = { create: CreateUser } | { id: string; update: UpdateUser };

/** POST /users, PATCH /users/:id. Names of owners change with them, so the catalogue is asked again. */
export function useSaveUser() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (save: SaveUser) =>
      'create' in save
        ? request<User>('POST', '/users', { body: save.create })
        : request<User>('PATCH', `/users/${save.id}`, { body: save.update }),
    onSuccess: async (user) => {
      toast(`${user.fullName} saved`);
      await queryClient.invalidateQueries({ queryKey: ['catalogue'] });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['users'] }),
  });
}
