import type { GiveOutcome, Renewal, UpdateForecast } from '@steward/shared/renewals';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { ApiError, request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { toast, toastError } from '../ui/toast.js';
import { undoToast } from '../ui/undo-toast.js';

type Known = Pick<Renewal, 'accountId' | 'dueOn' | 'revision'>;
type WithoutRevision<T> = T extends unknown ? Omit<T, 'revision'> : never;
export type ForecastChange = Omit<UpdateForecast, 'revision'>;
export type Outcome = WithoutRevision<GiveOutcome>;

const pathOf = ({ accountId, dueOn }: Known): string => `/accounts/${accountId}/renewals/${dueOn}`;

async function askAgainForRenewals(queryClient: QueryClient): Promise<void> {
  await Promise.all(
    [['renewals'], ['today'], ['account']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  );
}

const isLate = (error: unknown): boolean => error instanceof ApiError && error.code === 'REVISION_MOVED';

interface ForecastEdit {
  renewal: Known;
  change: ForecastChange;
  /** What was there, for undo; null when this is an undo. */
  before: ForecastChange | null;
  /** "Harbor Works: forecast commit" */
  said: string;
}

/** PATCH /accounts/:accountId/renewals/:dueOn, with undo. */
export function useForecast() {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ renewal, change }: ForecastEdit) =>
      request<Renewal>('PATCH', pathOf(renewal), { body: { ...change, revision: renewal.revision } }),
    onSuccess: (after, { before, said }) => {
      if (before === null) toast(said);
      else {
        undoToast(said, () => mutation.mutate({ renewal: after, change: before, before: null, said: 'Undone' }));
      }
    },
    onError: (error) =>
      toastError(isLate(error) ? 'Somebody else has just changed this renewal' : 'The forecast was not saved', error),
    onSettled: () => askAgainForRenewals(queryClient),
  });
  return mutation;
}

interface OutcomeGiven {
  renewal: Known;
  outcome: Outcome;
  said: string;
}

/** POST …/outcome says what became of a renewal; DELETE …/outcome takes it back. */
export function useOutcome() {
  const queryClient = useQueryClient();
  const undo = useMutation({
    mutationFn: (renewal: Known) =>
      request<Renewal>('DELETE', `${pathOf(renewal)}/outcome`, { query: { revision: renewal.revision } }),
    onSuccess: () => toast('Undone'),
    onError: (error) => toastError('The outcome was not taken back', error),
    onSettled: () => askAgainForRenewals(queryClient),
  });
  const give = useMutation({
    mutationFn: ({ renewal, outcome }: OutcomeGiven) =>
      request<Renewal>('POST', `${pathOf(renewal)}/outcome`, { body: { ...outcome, revision: renewal.revision } }),
    onSuccess: (after, { said }) => undoToast(said, () => undo.mutate(after)),
    onError: (error) =>
      toastError(isLate(error) ? 'Somebody else has just changed this renewal' : 'The outcome was not saved', error),
    onSettled: () => askAgainForRenewals(queryClient),
  });
  return { give, undo };
}
