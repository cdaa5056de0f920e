import type { AccountRenewals, GiveOutcome, Renewal, UpdateForecast } from '@steward/shared/renewals';
import { hashKey, type QueryClient, useQueryClient } from '@tanstack/react-query';
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
  renewal: Renewal;
  change: ForecastChange;
  /** "Harbor Works: forecast commit" */
  said: string;
}

const patch = (renewal: Known, change: ForecastChange) =>
  request<Renewal>('PATCH', pathOf(renewal), { body: { ...change, revision: renewal.revision } });

/** What stood where the change is made: to be brought back; where nobody had spoken, the default. */
function before({ amountMinor: due, forecast }: Renewal, change: ForecastChange): ForecastChange {
  const { from, category, amountMinor } = forecast;
  return {
    ...('category' in change ? { category: from === 'person' ? category : null } : {}),
    ...('amountMinor' in change ? { amountMinor: amountMinor === due ? null : amountMinor } : {}),
  };
}

/** What the fields of a change say of this renewal. */
const saidOf = ({ forecast }: Renewal, change: ForecastChange): string =>
  hashKey([Object.keys(change).map((field) => forecast[field as keyof ForecastChange])]);

/**
 * Takes a change back though the renewal was changed since, as long as the fields of that change still say what it made
 * of them; what was changed beside them stays.
 */
async function takeBack(after: Renewal, back: ForecastChange): Promise<Renewal> {
  try {
    return await patch(after, back);
  } catch (error) {
    if (!isLate(error)) throw error;
    const { renewals } = await request<AccountRenewals>('GET', `/accounts/${after.accountId}/renewals`);
    const now = renewals.find(({ dueOn }) => dueOn === after.dueOn);
    if (now === undefined || saidOf(now, back) !== saidOf(after, back)) {
      throw new Error('This forecast has been changed again since.');
    }
    return patch(now, back);
  }
}

/** PATCH /accounts/:accountId/renewals/:dueOn, with undo. */
export function useForecast() {
  const queryClient = useQueryClient();
  const onSettled = () => askAgainForRenewals(queryClient);
  const undo = useMutation({
    mutationFn: ({ after, back }: { after: Renewal; back: ForecastChange }) => takeBack(after, back),
    onSuccess: () => toast('Undone'),
    onError: (error) => toastError('It was not taken back', error),
    onSettled,
  });
  return useMutation({
    mutationFn: ({ renewal, change }: ForecastEdit) => patch(renewal, change),
    onSuccess: (after, { renewal, change, said }) =>
      undoToast(said, () => undo.mutate({ after, back: before(renewal, change) })),
    onError: (error) =>
      toastError(isLate(error) ? 'Somebody else has just changed this renewal' : 'The forecast was not saved', error),
    onSettled,
  });
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
