import type { BulkChange } from '@steward/shared/bulk';
import { useState } from 'react';
import { NEW_PULSE, PulseFields, pulseOf } from '../judgement/pulse-fields.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { BulkDialog, type BulkDialogProps } from './bulk-dialog.js';

interface PulseDialogProps extends BulkDialogProps {
  onChange: (change: Extract<BulkChange, { kind: 'pulse' }>) => void;
}

export function BulkPulseDialog({ onChange, ...frame }: PulseDialogProps) {
  const [draft, setDraft] = useState(NEW_PULSE);
  const { isDirty } = useUnsaved(draft);
  const pulse = pulseOf(draft);
  return (
    <BulkDialog
      isDirty={isDirty}
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
