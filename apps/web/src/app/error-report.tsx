import { Button, Group } from '@mantine/core';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { EmptyState } from '../components/ui/empty-state.js';
import { ApiError, errorText, unreachable } from '../lib/api.js';

/** What happened, what was kept, and the way on. */
export function ErrorReport({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const gone = error instanceof ApiError && error.status === 404;
  if (gone) return <NotFoundReport />;
  const forbidden = error instanceof ApiError && error.status === 403;
  return (
    <EmptyState
      page
      role="alert"
      title={forbidden ? 'This page is not open to you' : 'This page could not be shown'}
      text={
        forbidden
          ? 'Your role does not include it. An admin of the workspace can change that.'
          : `${errorText(navigator.onLine ? error : unreachable())} Nothing that was saved is lost.`
      }
      action={
        <Group gap="xs">
          <Button
            onClick={() => {
              reset();
              void router.invalidate();
            }}
          >
            Try again
          </Button>
          <Button variant="default" component={Link} to="/accounts">
            Go to accounts
          </Button>
        </Group>
      }
    />
  );
}

export function NotFoundReport() {
  return (
    <EmptyState
      page
      title="There is nothing here"
      text="The address does not lead anywhere, or leads to something that is not in your view."
      action={
        <Button variant="default" component={Link} to="/accounts">
          Go to accounts
        </Button>
      }
    />
  );
}
