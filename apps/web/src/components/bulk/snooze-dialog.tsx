import { TextInput } from '@mantine/core';
import type { BulkChange } from '@steward/shared/bulk';
import type { IsoDay } from '@steward/shared/common';
import { useState } from 'react';
import { addDays } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { DayInput } from '../ui/day-input.js';
import { BulkDialog, type BulkDialogProps } from './bulk-dialog.js';

const DAYS = 7;

interface SnoozeDialogProps extends BulkDialogProps {
  onChange: (change: Extract<BulkChange, { kind: 'snooze' }>) => void;
}

/** Lets the live alerts of accounts rest until a day, with a reason. */
export function BulkSnoozeDialog({ onChange, ...frame }: SnoozeDialogProps) {
  const { today } = useMe().workspace;
  const [until, setUntil] = useState<IsoDay | null>(addDays(today, DAYS));
  const [reason, setReason] = useState('');
  const said = reason.trim();
  return (
    <BulkDialog
      {...frame}
      title="Snooze the alerts"
      yes="Snooze"
      ready={until !== null && said !== ''}
      onYes={() => until !== null && onChange({ kind: 'snooze', until, reason: said })}
    >
      <DayInput
        label="Back on"
        description="New evidence wakes an alert before"
        required
        min={addDays(today, 1)}
        value={until}
        onChange={setUntil}
      />
      <TextInput
        label="Reason"
        required
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </BulkDialog>
  );
}
