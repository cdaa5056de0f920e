import type { NotificationList, ReadNotifications } from '@steward/shared/notifications';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { request } from './api.js';
import { useMutation } from './mutation.js';

/** GET /notifications: the newest of the signed-in person, and how many are unread. */
export const notificationsQuery = queryOptions({
  queryKey: ['notifications', 'list'],
  queryFn: ({ signal }) => request<NotificationList>('GET', '/notifications', { signal }),
});

/** POST /notifications/read: these, or all. Shown at once; the server's word follows. */
export function useReadNotifications() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ids: ReadNotifications['ids']) => request<void>('POST', '/notifications/read', { body: { ids } }),
    onMutate: (ids) =>
      queryClient.setQueryData(notificationsQuery.queryKey, (list) => (list ? afterReading(list, ids) : list)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: notificationsQuery.queryKey }),
  });
}

export function afterReading(list: NotificationList, ids: ReadNotifications['ids']): NotificationList {
  const readAt = new Date().toISOString();
  const isRead = (id: string) => ids === null || ids.includes(id);
  const read = list.notifications.filter((each) => each.readAt === null && isRead(each.id)).length;
  return {
    notifications: list.notifications.map((each) =>
      each.readAt === null && isRead(each.id) ? { ...each, readAt } : each,
    ),
    unread: ids === null ? 0 : Math.max(0, list.unread - read),
  };
}
