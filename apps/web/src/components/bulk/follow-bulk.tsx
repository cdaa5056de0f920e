import { notifications } from '@mantine/notifications';
import type { BulkAction } from '@steward/shared/bulk';
import { hasEnded } from '@steward/shared/bulk-states';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { bulkActionsQuery } from './bulk-actions.js';
import { BulkProgress } from './bulk-progress.js';
import { bulkTitle } from './bulk-words.js';

/** Shows how far an action comes, what came of it and the way back, at the edge of the screen. */
export function followBulk(action: BulkAction): void {
  const id = `bulk-${action.id}`;
  const close = () => notifications.hide(id);
  const onUndo = (undo: BulkAction) => {
    close();
    followBulk(undo);
  };
  notifications.show({
    id,
    title: bulkTitle(action),
    withBorder: true,
    color: 'iris',
    autoClose: false,
    message: <BulkProgress id={action.id} onUndo={onUndo} onClose={close} />,
  });
}

/** Follows what was ordered before the page was loaded and is still under way. */
export function useUnfinishedBulk(mayOrder: boolean): void {
  const { data } = useQuery({ ...bulkActionsQuery, enabled: mayOrder, staleTime: Number.POSITIVE_INFINITY });
  useEffect(() => {
    for (const action of data?.actions ?? []) if (!hasEnded(action.state)) followBulk(action);
  }, [data]);
}
