import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from '../ui/dialog.js';

interface PlanDialogProps {
  title: string;
  ready?: boolean;
  isPending: boolean;
  isDirty: () => boolean;
  /** What is offered beside saving, on the left. */
  aside?: ReactNode;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** The frame of the plan's dialogs: Ctrl/⌘+Enter saves. */
export function PlanDialog({
  title,
  ready = true,
  isPending,
  isDirty,
  aside,
  onSave,
  onClose,
  children,
}: PlanDialogProps) {
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={title} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onSave();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready && !isPending) onSave();
        }}
      >
        <Stack gap="sm">
          {children}
          <Group>
            {aside}
            <Group ml="auto">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={isPending} disabled={!ready}>
                Save
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
