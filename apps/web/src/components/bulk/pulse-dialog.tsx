import type { BulkChange } from '@steward/shared/bulk';
import { useState } from 'react';
import { NEW_PULSE, PulseFields, pulseOf } from '../judgement/pulse-fields.js';
import { BulkDialog, type BulkDialogProps } from './bulk-dialog.js';

interface PulseDialogProps extends BulkDialogProps {
  onChange: (change: Extract<BulkChange, { kind: 'pulse' }>) => void;
}

export function BulkPulseDialog({ onChange, ...frame }: PulseDialogProps) {
  const [draft, setDraft] = useState(NEW_PULSE);
  const pulse = pulseOf(draft);
  return (
    <BulkDialog
      {...frame}
      title="Set the pulse"
      yes="Set pulse"
      ready={pulse !== null}
      onYes={() => pulse && onChange({ kind: 'pulse', ...pulse })}
    >
      <PulseFields pulse={draft} onChange={setDraft} />
    </BulkDialog>
  );
}
