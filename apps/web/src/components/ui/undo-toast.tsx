import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Says what was done and offers to take it back. */
export function undoToast(message: string, undo: () => void): void {
  const id = `undo-${message}`;
  notifications.show({
    id,
    withBorder: true,
    color: 'iris',
    autoClose: 8000,
    message: (
      <Group justify="space-between" wrap="nowrap">
        {message}
        <Button
          size="compact-xs"
          variant="default"
          style={{ flex: 'none' }}
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}
