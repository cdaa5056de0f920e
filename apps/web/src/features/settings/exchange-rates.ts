import type { ExchangeRate, ExchangeRateList } from '@steward/shared/exchange-rates';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { toastError } from '../../components/ui/toast.js';
import { undoToast } from '../../components/ui/undo-toast.js';
import { request } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import { useMutation } from '../../lib/mutation.js';

const path = '/workspace/exchange-rates';
const pathOf = ({ currency, fromDay }: ExchangeRate) => `${path}/${currency}/${fromDay}`;

/** GET /workspace/exchange-rates */
export const exchangeRatesQuery = queryOptions({
  queryKey: ['workspace', 'exchange-rates'],
  queryFn: ({ signal }) => request<ExchangeRateList>('GET', path, { signal }),
});

/** PUT /workspace/exchange-rates/:currency/:fromDay. Amounts change on every screen, so all of it is asked again. */
export function useSetExchangeRate() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (given: ExchangeRate) => request<ExchangeRate>('PUT', pathOf(given), { body: { rate: given.rate } }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

/** DELETE /workspace/exchange-rates/:currency/:fromDay, with the offer to take it back. */
export function useRemoveExchangeRate() {
  const queryClient = useQueryClient();
  const set = useSetExchangeRate();
  return useMutation({
    mutationFn: (rate: ExchangeRate) => request<ExchangeRate>('DELETE', pathOf(rate)),
    onSuccess: (removed) =>
      undoToast(`The rate of ${removed.currency} from ${formatDay(removed.fromDay)} was removed`, () =>
        set.mutate(removed, { onError: (error) => toastError('The rate was not brought back', error) }),
      ),
    onError: (error) => toastError('The rate was not removed', error),
    onSettled: () => queryClient.invalidateQueries(),
  });
}
