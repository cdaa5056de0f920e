import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { plural } from '../../lib/format.js';
import { Dialog } from '../ui/dialog.js';

export interface BulkDialogProps {
  accounts: number;
  isPending: boolean;
  onClose: () => void;
}

interface FrameProps extends BulkDialogProps {
  title: string;
  /** The words of the button that does it. */
  yes: string;
  ready: boolean;
  /** What is written in it would be lost. */
  isDirty?: () => boolean;
  onYes: () => void;
  children: ReactNode;
}

/** The frame of every change to many accounts: how many it is about stands on top. */
export function BulkDialog({ title, accounts, yes, ready, isDirty, isPending, onYes, onClose, children }: FrameProps) {
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !isPending) onYes();
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            For {plural(accounts, 'account')}. It can be taken back afterwards.
          </Text>
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!ready} loading={isPending}>
              {yes}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
