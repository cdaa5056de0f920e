import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { Dialog } from './dialog.js';

/** Asks before a page with unsaved changes is left, by a link, the browser's back, or closing the window. */
export function LeaveGuard({ isDirty }: { isDirty: () => boolean }) {
  const blocker = useBlocker({ shouldBlockFn: isDirty, enableBeforeUnload: isDirty, withResolver: true });
  if (blocker.status !== 'blocked') return null;
  const isSignedOut = blocker.next.pathname === '/sign-in';
  return <LeaveQuestion isSignedOut={isSignedOut} onStay={blocker.reset} onLeave={blocker.proceed} />;
}

interface LeaveQuestionProps {
  isSignedOut?: boolean;
  onStay: () => void;
  onLeave: () => void;
}

export function LeaveQuestion({ isSignedOut = false, onStay, onLeave }: LeaveQuestionProps) {
  return (
    <Dialog onClose={onStay} title="Leave without saving?">
      <Stack gap="sm">
        <Text size="sm">
          What you changed here is not saved.
          {isSignedOut ? ' You are no longer signed in: stay, sign in again in another tab, and save it here.' : null}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onStay} data-autofocus>
            Stay
          </Button>
          <Button color="red" onClick={onLeave}>
            Leave, without my changes
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
