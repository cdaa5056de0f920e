import type { Alert, AlertAction, AlertActionAnswer } from '@steward/shared/alerts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';

type Target = Pick<Alert, 'accountId' | 'id' | 'revision'>;
type WithoutTargets<T> = T extends unknown ? Omit<T, 'alerts'> : never;
export type AlertDeed = WithoutTargets<AlertAction>;

export interface ActOnAlerts {
  deed: AlertDeed;
  alerts: readonly Target[];
  /** "Harbor Works: acknowledged"; null says nothing. */
  said: string | null;
  /** A dialog asked for it, and tells itself why nothing was done. */
  isTold?: boolean;
}

const targetsOf = (alerts: readonly Target[]): Target[] =>
  alerts.map(({ accountId, id, revision }) => ({ accountId, id, revision }));

const send = (deed: AlertDeed, alerts: readonly Target[]) =>
  request<AlertActionAnswer>('POST', '/alerts/actions', { body: { ...deed, alerts: targetsOf(alerts) } });

export async function askAgainForAlerts(queryClient: QueryClient): Promise<void> {
  await Promise.all(
    [['alerts'], ['today'], ['account']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  );
}

/** What could not be done, each reason once. */
export function refusedText(answer: AlertActionAnswer): string | null {
  const refused = answer.results.flatMap((result) => (result.ok ? [] : [result.message]));
  if (refused.length === 0) return null;
  return `${refused.length} of ${answer.results.length} not done: ${[...new Set(refused)].join(' · ')}`;
}

/** POST /alerts/actions for one or many, with undo; what was refused is told by its reason. */
export function useActOnAlerts() {
  const queryClient = useQueryClient();
  const undo = useMutation({
    mutationFn: (alerts: readonly Target[]) => send({ action: 'undo' }, alerts),
    onSuccess: (answer) => {
      const refused = refusedText(answer);
      if (refused === null) toast('Undone');
      else toastError('Not all was taken back', new Error(refused));
    },
    onError: (error) => toastError('It was not taken back', error),
    onSettled: () => askAgainForAlerts(queryClient),
  });
  return useMutation({
    mutationFn: ({ deed, alerts }: ActOnAlerts) => send(deed, alerts),
    onSuccess: (answer, { said, isTold }) => {
      const refused = refusedText(answer);
      const done = answer.results.flatMap((result) => (result.ok ? [result.alert] : []));
      if (refused !== null && !(isTold && done.length === 0)) {
        toastError('Not everything was done', new Error(refused));
      }
      if (said !== null && done.length > 0) undoToast(said, () => undo.mutate(done));
    },
    onError: (error) => toastError('It was not done', error),
    onSettled: () => askAgainForAlerts(queryClient),
  });
}
