import type { CreateSegment, Segment } from '@steward/shared/segments';
import { useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** POST /segments */
export function useSaveSegment() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (segment: Pick<CreateSegment, 'name' | 'rule' | 'visibility'>) =>
      request<Segment>('POST', '/segments', { body: segment }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['segments', 'list'] }),
  });
}
