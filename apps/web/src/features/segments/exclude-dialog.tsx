import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import type { IsoDay } from '@steward/shared/common';
import type { Segment } from '@steward/shared/segments';
import { useState } from 'react';
import { DayInput } from '../../components/ui/day-input.js';
import { Dialog } from '../../components/ui/dialog.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { useExclude } from './change-segments.js';

interface ExcludeDialogProps {
  segment: Pick<Segment, 'id' | 'name'>;
  accounts: readonly { id: string; name: string }[];
  onDone?: () => void;
  onClose: () => void;
}

/** Keeps accounts out of a segment whatever its rule says: with a reason, and until a day or for good. */
export function ExcludeDialog({ segment, accounts, onDone, onClose }: ExcludeDialogProps) {
  const { today } = useMe().workspace;
  const [reason, setReason] = useState('');
  const [untilDay, setUntilDay] = useState<IsoDay | null>(null);
  const exclude = useExclude(segment.id);
  const who = accounts.length === 1 ? accounts[0]?.name : plural(accounts.length, 'account');
  return (
    <Dialog onClose={onClose} title={`Keep ${who} out of “${segment.name}”`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          exclude.mutate(
            { accounts, reason: reason.trim(), untilDay },
            {
              onSuccess: () => {
                onDone?.();
                onClose();
              },
            },
          );
        }}
      >
        <Stack gap="sm">
          <Textarea
            label="Reason"
            required
            data-autofocus
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <DayInput
            label="Until"
            description="The last day; without one it holds until somebody ends it"
            min={today}
            value={untilDay}
            onChange={setUntilDay}
          />
          <Text size="xs" c="dimmed">
            What the rule says does not matter meanwhile. Alerts and views that use the segment leave it out too.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={reason.trim() === ''} loading={exclude.isPending}>
              Keep out
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
