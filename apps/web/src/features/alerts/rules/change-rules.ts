import type { AlertRule, AlertRuleDefinition } from '@steward/shared/alert-rules';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { toast, toastError } from '../../../components/ui/toast.js';
import { undoToast } from '../../../components/ui/undo-toast.js';
import { request } from '../../../lib/api.js';
import { plural } from '../../../lib/format.js';
import { useMutation } from '../../../lib/mutation.js';

/** Rules and the alerts that they raise: what a rule says shows on both. */
const askAgain = (queryClient: QueryClient) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['alert-rules'] }),
    queryClient.invalidateQueries({ queryKey: ['alerts'] }),
  ]);

/** POST /alert-rules, or PATCH of the one given; refused when somebody else was quicker. */
export function useSaveRule(rule: Pick<AlertRule, 'id' | 'revision'> | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (given: AlertRuleDefinition) =>
      rule === null
        ? request<AlertRule>('POST', '/alert-rules', { body: given })
        : request<AlertRule>('PATCH', `/alert-rules/${rule.id}`, { body: { ...given, revision: rule.revision } }),
    onSuccess: ({ name }) => {
      toast(rule === null ? `“${name}” is made` : `“${name}” is saved`);
      return askAgain(queryClient);
    },
  });
}

type Switched = Pick<AlertRule, 'id' | 'name' | 'enabled' | 'revision'>;

/** PATCH /alert-rules/:id: on or off, with undo. */
export function useSwitchRule() {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: ({ rule, enabled }: { rule: Switched; enabled: boolean; undone?: boolean }) =>
      request<AlertRule>('PATCH', `/alert-rules/${rule.id}`, { body: { enabled, revision: rule.revision } }),
    onSuccess: async (after, { undone }) => {
      await askAgain(queryClient);
      if (undone) toast('Undone');
      else {
        undoToast(`“${after.name}” is switched ${after.enabled ? 'on' : 'off'}`, () =>
          change.mutate({ rule: after, enabled: !after.enabled, undone: true }),
        );
      }
    },
    onError: async (error) => {
      await askAgain(queryClient);
      toastError('The rule was not switched', error);
    },
  });
  return change;
}

/** POST /alert-rules/:id/copy: the copy is switched off; undo takes it away again. */
export function useCopyRule() {
  const queryClient = useQueryClient();
  const remove = useRemoveRule();
  return useMutation({
    mutationFn: ({ id, name }: Pick<AlertRule, 'id' | 'name'>) =>
      request<AlertRule>('POST', `/alert-rules/${id}/copy`, { body: { name: `${name.slice(0, 93)} (copy)` } }),
    onSuccess: async (copy) => {
      await askAgain(queryClient);
      undoToast(`“${copy.name}” is made, switched off`, () => remove.mutate(copy.id));
    },
    onError: (error) => toastError('The rule was not copied', error),
  });
}

/** DELETE /alert-rules/:id */
export function useRemoveRule() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<AlertRule>('DELETE', `/alert-rules/${id}`),
    onSuccess: (_answer, id) => {
      queryClient.removeQueries({ queryKey: ['alert-rules', id] });
      return askAgain(queryClient);
    },
    onError: (error) => toastError('The rule was not deleted', error),
  });
}

export type Decision = 'release' | 'drop';

/** POST /alert-rules/:id/release or …/drop: what becomes of the alerts of a storm. */
export function useDecideHold() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ ruleId, decision }: { ruleId: string; decision: Decision }) =>
      request<{ alerts: number }>('POST', `/alert-rules/${ruleId}/${decision}`),
    onSuccess: ({ alerts }, { decision }) => {
      toast(`${plural(alerts, 'alert')} ${decision === 'release' ? 'raised' : 'dropped'}`);
      return askAgain(queryClient);
    },
    onError: async (error) => {
      await askAgain(queryClient);
      toastError('Nothing was decided', error);
    },
  });
}
