import type { ChangePassword } from '@steward/shared/access';
import { toast } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** POST /me/password: ends the person's other sessions. */
export function useChangePassword() {
  return useMutation({
    mutationFn: (change: ChangePassword) => request<void>('POST', '/me/password', { body: change }),
    onSuccess: () => toast('Password changed; other sessions were signed out'),
  });
}
