import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiError, errorText } from '../../lib/api.js';
import { EmptyState } from './empty-state.js';

interface LoadFailedProps {
  title: string;
  error: unknown;
  onRetry: () => unknown;
  /** What is said instead where there is no such thing, or none that the reader may see. */
  gone?: { title: string; text: string };
  /** A link to where one came from. */
  back?: ReactNode;
  /** True where it is all that the page shows. */
  page?: boolean;
}

/** Something could not be loaded: why, and a way to ask for it again where that may help. */
export function LoadFailed({ title, error, onRetry, gone, back, page }: LoadFailedProps) {
  const words = gone && error instanceof ApiError && error.status === 404 ? gone : { title, text: errorText(error) };
  const retry = isRefusal(error) ? null : (
    <Button variant="default" onClick={() => void onRetry()}>
      Try again
    </Button>
  );
  return (
    <EmptyState
      page={page}
      role="alert"
      title={words.title}
      text={words.text}
      action={
        retry || back ? (
          <Group gap="sm" justify="center">
            {retry}
            {back}
          </Group>
        ) : null
      }
    />
  );
}

/** Asked again, the server would say the same; too many requests are another matter. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
