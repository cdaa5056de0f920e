import { Autocomplete, Button, Chip, Group, Stack, Text } from '@mantine/core';
import type { IsoDay } from '@steward/shared/common';
import { type ReactNode, useState } from 'react';
import { addDays } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { useUnsaved } from '../ui/use-unsaved.js';

const LENGTHS = [
  { days: 1, label: 'Tomorrow' },
  { days: 3, label: '3 days' },
  { days: 7, label: 'A week' },
  { days: 14, label: '2 weeks' },
  { days: 30, label: '30 days' },
] as const;
const REASONS = ['Waiting for the customer', 'A meeting is planned', 'Known and being worked on', 'Quiet season'];

interface SnoozeDialogProps {
  /** "Harbor Works", "3 alerts". */
  what: string;
  isPending: boolean;
  /** Why it could not be done so far. */
  refusal: ReactNode;
  onSnooze: (until: IsoDay, reason: string) => void;
  onClose: () => void;
}

/** Lets alerts rest until the morning of a day, with a reason; new evidence wakes them before. */
export function SnoozeDialog({ what, isPending, refusal, onSnooze, onClose }: SnoozeDialogProps) {
  const { today } = useMe().workspace;
  const [until, setUntil] = useState<IsoDay | null>(addDays(today, 7));
  const [reason, setReason] = useState('');
  const { isDirty } = useUnsaved(reason);
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={`Snooze: ${what}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (until !== null && reason.trim() !== '') onSnooze(until, reason.trim());
        }}
      >
        <Stack gap="sm">
          {refusal}
          <Chip.Group
            value={String(LENGTHS.find(({ days }) => addDays(today, days) === until)?.days ?? '')}
            onChange={(days) => setUntil(addDays(today, Number(days)))}
          >
            <Group gap={6}>
              {LENGTHS.map(({ days, label }) => (
                <Chip key={days} value={String(days)} size="xs" variant="outline">
                  {label}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <DayInput label="Back on" required value={until} min={addDays(today, 1)} onChange={setUntil} />
          <Autocomplete
            label="Reason"
            required
            data-autofocus
            size="xs"
            data={REASONS}
            maxLength={500}
            value={reason}
            onChange={setReason}
          />
          <Text size="xs" c="dimmed">
            New evidence wakes it before.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending} disabled={until === null || reason.trim() === ''}>
              Snooze
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
