import { MutationObserver, onlineManager, QueryObserver, type QueryObserverResult } from '@tanstack/react-query';
import { ApiError, unreachable } from './api.js';
import { createQueryClient } from './query-client.js';

afterEach(() => onlineManager.setOnline(true));

it('tells at once that a change was not taken while the browser is offline', async () => {
  onlineManager.setOnline(false);
  const change = new MutationObserver(
    createQueryClient(() => {}),
    {
      mutationFn: async () => Promise.reject(unreachable()),
    },
  );
  await expect(change.mutate()).rejects.toBeInstanceOf(ApiError);
}, 1_000);

describe('what is asked for while the browser is offline', () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  /** A page that shows what is asked for; a promise for the first state of it that is so. */
  function open(queryFn: () => Promise<string>) {
    const client = createQueryClient(() => {});
    client.mount();
    const observer = new QueryObserver(client, { queryKey: ['goals'], queryFn });
    const until = (isSo: (state: QueryObserverResult<string>) => boolean) =>
      new Promise<QueryObserverResult<string>>((resolve) => {
        stops.push(observer.subscribe((state) => isSo(state) && resolve(state)));
      });
    stops.push(() => client.unmount());
    return { observer, until };
  }

  it('fails at once where there is nothing to show, and is loaded when the network is back', async () => {
    onlineManager.setOnline(false);
    const { until } = open(async () => 'goals');
    expect(await until(({ isError }) => isError)).toMatchObject({ error: { code: 'UNREACHABLE' } });
    onlineManager.setOnline(true);
    expect(await until(({ isSuccess }) => isSuccess)).toMatchObject({ data: 'goals', error: null });
  });

  it('keeps what was loaded before', async () => {
    const { until, observer } = open(async () => 'goals');
    await until(({ isSuccess }) => isSuccess);
    onlineManager.setOnline(false);
    const paused = until(({ isPaused }) => isPaused);
    void observer.refetch();
    await paused;
    expect(observer.getCurrentResult()).toMatchObject({ data: 'goals', isPaused: true, isError: false });
  });
});
