import type {
  CreateWebhook,
  DeliveryList,
  DeliveryState,
  UpdateWebhook,
  Webhook,
  WebhookSecret,
  WebhookTest,
} from '@steward/shared/notifications';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';

/** GET /webhooks */
export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: async ({ signal }) => (await request<{ webhooks: Webhook[] }>('GET', '/webhooks', { signal })).webhooks,
});

/** GET /deliveries: what leaves the workspace, newest first. */
export const deliveriesQuery = (state: DeliveryState | null) =>
  queryOptions({
    queryKey: ['deliveries', state],
    queryFn: async ({ signal }) =>
      (await request<DeliveryList>('GET', '/deliveries', { query: { state: state ?? undefined }, signal })).deliveries,
    // Their states move on by themselves while one looks.
    refetchInterval: 15_000,
  });

function useWebhookChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['webhooks'] }),
        queryClient.invalidateQueries({ queryKey: ['deliveries'] }),
      ]),
  });
}

/** POST /webhooks: the secret is in this answer once and never again. */
export const useCreateWebhook = () =>
  useWebhookChange((webhook: CreateWebhook) => request<WebhookSecret>('POST', '/webhooks', { body: webhook }));

/** PATCH /webhooks/:id */
export const useUpdateWebhook = () =>
  useWebhookChange(({ id, ...change }: UpdateWebhook & { id: string }) =>
    request<Webhook>('PATCH', `/webhooks/${id}`, { body: change }),
  );

/** DELETE /webhooks/:id */
export const useRemoveWebhook = () => useWebhookChange((id: string) => request<void>('DELETE', `/webhooks/${id}`));

/** POST /webhooks/:id/secret: the old one signs nothing any more. */
export const useRenewSecret = () =>
  useWebhookChange((id: string) => request<WebhookSecret>('POST', `/webhooks/${id}/secret`));

/** POST /webhooks/:id/test */
export const useTestWebhook = () =>
  useWebhookChange((id: string) => request<WebhookTest>('POST', `/webhooks/${id}/test`));

/** POST /deliveries/:accountId/:id/retry */
export const useRetryDelivery = () =>
  useWebhookChange(({ accountId, id }: { accountId: string; id: string }) =>
    request<void>('POST', `/deliveries/${accountId}/${id}/retry`),
  );
