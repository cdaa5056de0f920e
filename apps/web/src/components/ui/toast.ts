import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { errorText } from '../../lib/api.js';

export function toast(message: ReactNode): void {
  notifications.show({ message, color: 'iris', withBorder: true });
}

/** What happened, in words. It is seen before all that is no error: where the corner is full, one of those waits. */
export function toastError(title: string, error: unknown): void {
  notifications.show({
    title,
    message: errorText(error),
    color: 'red',
    withBorder: true,
    autoClose: 12_000,
    priority: 1,
  });
}
