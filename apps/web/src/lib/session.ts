import type { SignIn } from '@steward/shared/access';
import { useQueryClient } from '@tanstack/react-query';
import { request } from './api.js';
import { forgetAllWriting } from './kept-writing.js';
import { noteList } from './last-list.js';
import { useMutation } from './mutation.js';

/** POST /auth/sign-in. Everything that was loaded for someone else is forgotten. */
export function useSignIn() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (signIn: SignIn) => request<unknown>('POST', '/auth/sign-in', { body: signIn }),
    onSuccess: () => {
      noteList({});
      queryClient.clear();
    },
  });
}

/** POST /auth/sign-out */
export function useSignOut() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request<void>('POST', '/auth/sign-out'),
    onSettled: () => {
      forgetAllWriting();
      queryClient.clear();
    },
  });
}
