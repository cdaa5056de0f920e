import type { CreateSegment, Segment } from '@steward/shared/segments';
import { useQueryClient } from '@tanstack/react-query';
import { toast } from '../../components/ui/toast.js';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** POST /segments, or PATCH of the one given; refused when somebody else was quicker. */
export function useSaveSegment(segment: Segment | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ of, ...fields }: CreateSegment) =>
      segment === null
        ? request<Segment>('POST', '/segments', { body: { of, ...fields } })
        : request<Segment>('PATCH', `/segments/${segment.id}`, { body: { ...fields, revision: segment.revision } }),
    onSuccess: ({ name }) => {
      toast(segment === null ? `“${name}” is made; its members come in now` : `“${name}” is saved`);
      return queryClient.invalidateQueries({ queryKey: ['segments'] });
    },
  });
}
