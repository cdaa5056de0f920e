import { MutationObserver, onlineManager } from '@tanstack/react-query';
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
