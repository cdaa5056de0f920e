import type { ExchangeRate, ExchangeRateList } from '@steward/shared/exchange-rates';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { toastError } from '../../components/ui/toast.js';
import { undoToast } from '../../components/ui/undo-toast.js';
import { request } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import { formatNumber } from '../../lib/format.js';
import { useMutation } from '../../lib/mutation.js';

const path = '/workspace/exchange-rates';
const pathOf = ({ currency, fromDay }: ExchangeRate) => `${path}/${currency}/${fromDay}`;

/** GET /workspace/exchange-rates */
export const exchangeRatesQuery = queryOptions({
  queryKey: ['workspace', 'exchange-rates'],
  queryFn: ({ signal }) => request<ExchangeRateList>('GET', path, { signal }),
});

const putRate = (given: ExchangeRate) => request<ExchangeRate>('PUT', pathOf(given), { body: { rate: given.rate } });

const nameOf = ({ currency, fromDay }: ExchangeRate) => `The rate of ${currency} from ${formatDay(fromDay)}`;

/** Undo of a rate: whoever offered it may be gone by then, so that its failure is told here. */
function useBringBackRate() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: putRate,
    onSuccess: () => queryClient.invalidateQueries(),
    onError: (error) => toastError('The rate was not brought back', error),
  });
}

interface RateToSet {
  given: ExchangeRate;
  /** The rate of the same day whose place it takes. */
  replaced: ExchangeRate | undefined;
}

/**
 * PUT /workspace/exchange-rates/:currency/:fromDay, with the offer to take it back where it replaced another. Amounts
 * change on every screen, so all of it is asked again.
 */
export function useSetExchangeRate() {
  const queryClient = useQueryClient();
  const bringBack = useBringBackRate();
  return useMutation({
    mutationFn: ({ given }: RateToSet) => putRate(given),
    onSuccess: (set, { replaced }) => {
      if (replaced !== undefined && replaced.rate !== set.rate) {
        const words = `${nameOf(set)} is ${formatNumber(set.rate, 12)} now, and was ${formatNumber(replaced.rate, 12)}`;
        undoToast(words, () => bringBack.mutate(replaced));
      }
      return queryClient.invalidateQueries();
    },
  });
}

/** DELETE /workspace/exchange-rates/:currency/:fromDay, with the offer to take it back. */
export function useRemoveExchangeRate() {
  const queryClient = useQueryClient();
  const bringBack = useBringBackRate();
  return useMutation({
    mutationFn: (rate: ExchangeRate) => request<ExchangeRate>('DELETE', pathOf(rate)),
    onSuccess: (removed) => undoToast(`${nameOf(removed)} was removed`, () => bringBack.mutate(removed)),
    onError: (error) => toastError('The rate was not removed', error),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
