import { Button, Group, Stack } from '@mantine/core';
import type { AccountPlan } from '@steward/shared/account-plan';
import type { ReactNode } from 'react';
import { ChangedMeanwhile } from '../ui/changed-meanwhile.js';
import { Dialog } from '../ui/dialog.js';
import type { RestsOn } from '../ui/use-rests-on.js';

interface PlanDialogProps {
  title: string;
  ready?: boolean;
  isPending: boolean;
  restsOn: RestsOn<AccountPlan>;
  /** What somebody else's plan says where this dialog writes. */
  theirLines: (theirs: AccountPlan) => readonly string[];
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
  ready: isFilled = true,
  isPending,
  restsOn,
  theirLines,
  isDirty,
  aside,
  onSave,
  onClose,
  children,
}: PlanDialogProps) {
  const ready = isFilled && restsOn.theirs === null;
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
          <ChangedMeanwhile restsOn={restsOn} isSaving={isPending} linesOf={theirLines} onLeave={onClose} />
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
