import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface AskDialogProps {
  title: string;
  /** What follows from it. */
  children: ReactNode;
  /** The words of the button that does it, and of the one that does not. */
  yes: string;
  no?: string;
  isPending: boolean;
  onYes: () => void;
  onClose: () => void;
}

/** Asks before something is taken away for good. */
export function AskDialog({ title, children, yes, no = 'Keep it', isPending, onYes, onClose }: AskDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack gap="sm">
        <Text size="sm">{children}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {no}
          </Button>
          <Button color="red" loading={isPending} onClick={onYes}>
            {yes}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
