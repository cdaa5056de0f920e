import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Says what was done and offers what may be wanted next: a deed, or the way to what was made. */
export function toastWithOffer(message: string, offer: string, onTaken: () => void): void {
  // No id made of the words: two tasks of one name are two deeds, and a second toast of the same id is not shown.
  const id = notifications.show({
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
            onTaken();
          }}
        >
          {offer}
        </Button>
      </Group>
    ),
  });
}
