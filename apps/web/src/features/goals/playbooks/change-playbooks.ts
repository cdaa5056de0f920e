import type { Playbook, PlaybookDefinition } from '@steward/shared/playbooks';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '../../../components/ui/toast.js';
import { undoToast } from '../../../components/ui/undo-toast.js';
import { request } from '../../../lib/api.js';
import { useMutation } from '../../../lib/mutation.js';

const askAgain = (queryClient: QueryClient) =>
  Promise.all([['playbooks'], ['catalogue']].map((queryKey) => queryClient.invalidateQueries({ queryKey })));

type Held = Pick<Playbook, 'id' | 'revision'>;

export interface SavePlaybook {
  definition: PlaybookDefinition;
  enabled: boolean;
}

/** POST /playbooks, or PUT of the one given, which publishes a version; refused when somebody else was quicker. */
export function useSavePlaybook(playbook: Held | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (given: SavePlaybook) =>
      playbook === null
        ? request<Playbook>('POST', '/playbooks', { body: given })
        : request<Playbook>('PUT', `/playbooks/${playbook.id}`, { body: { ...given, revision: playbook.revision } }),
    onSuccess: ({ definition, version }) => {
      toast(playbook === null ? `“${definition.name}” is made` : `“${definition.name}” is saved, version ${version}`);
      return askAgain(queryClient);
    },
  });
}

/** PUT /playbooks/:id: on or off as it stands, with undo. */
export function useSwitchPlaybook() {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: ({ playbook, enabled }: { playbook: Playbook; enabled: boolean; undone?: boolean }) =>
      request<Playbook>('PUT', `/playbooks/${playbook.id}`, {
        body: { definition: playbook.definition, enabled, revision: playbook.revision },
      }),
    onSuccess: async (after, { undone }) => {
      await askAgain(queryClient);
      if (undone) toast('Undone');
      else {
        undoToast(`“${after.definition.name}” is switched ${after.enabled ? 'on' : 'off'}`, () =>
          change.mutate({ playbook: after, enabled: !after.enabled, undone: true }),
        );
      }
    },
    onError: async (error) => {
      await askAgain(queryClient);
      toastError('The playbook was not switched', error);
    },
  });
  return change;
}

/** POST /playbooks with what another says: the copy is switched off. */
export function useCopyPlaybook() {
  const queryClient = useQueryClient();
  const remove = useRemovePlaybook();
  return useMutation({
    mutationFn: ({ definition }: Playbook) =>
      request<Playbook>('POST', '/playbooks', {
        body: { definition: { ...definition, name: `${definition.name.slice(0, 93)} (copy)` }, enabled: false },
      }),
    onSuccess: async (copy) => {
      await askAgain(queryClient);
      undoToast(`“${copy.definition.name}” is made, switched off`, () => remove.mutate(copy));
    },
    onError: (error) => toastError('The playbook was not copied', error),
  });
}

/** DELETE /playbooks/:id */
export function useRemovePlaybook() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, revision }: Held) => request<Playbook>('DELETE', `/playbooks/${id}`, { query: { revision } }),
    onSuccess: (_answer, { id }) => {
      queryClient.removeQueries({ queryKey: ['playbooks', id] });
      return askAgain(queryClient);
    },
    onError: (error) => toastError('The playbook was not deleted', error),
  });
}
