import { SegmentedControl, Select, Textarea } from '@mantine/core';
import type { BulkChange } from '@steward/shared/bulk';
import type { IsoDay } from '@steward/shared/common';
import { useState } from 'react';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { useMe } from '../../lib/me.js';
import { DayInput } from '../ui/day-input.js';
import { BulkDialog, type BulkDialogProps } from './bulk-dialog.js';

interface TierDialogProps extends BulkDialogProps {
  onChange: (change: Extract<BulkChange, { kind: 'tier' | 'releaseTier' }>) => void;
}

/** Sets tiers by hand with a reason and an end, or returns them to the rules. */
export function TierDialog({ onChange, ...frame }: TierDialogProps) {
  const { workspace } = useMe();
  const catalogue = useCatalogue();
  const [how, setHow] = useState<'hand' | 'rules'>('hand');
  const [tier, setTier] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [untilDay, setUntilDay] = useState<IsoDay | null>(null);
  const byHand = how === 'hand';
  return (
    <BulkDialog
      {...frame}
      title="Set the tier"
      yes={byHand ? 'Set tier' : 'Back to the rules'}
      ready={!byHand || (tier !== null && reason.trim() !== '')}
      onYes={() => {
        if (!byHand) onChange({ kind: 'releaseTier' });
        else if (tier !== null) onChange({ kind: 'tier', tier, reason: reason.trim(), untilDay });
      }}
    >
      <SegmentedControl
        aria-label="By hand or by the rules"
        data={[
          { value: 'hand', label: 'By hand' },
          { value: 'rules', label: 'Back to the rules' },
        ]}
        value={how}
        onChange={(next) => setHow(next as typeof how)}
      />
      {byHand ? (
        <>
          <Select
            label="Tier"
            required
            placeholder="Choose a tier"
            data={fieldOf(catalogue, 'tier')?.options ?? []}
            value={tier}
            onChange={setTier}
          />
          <Textarea
            label="Reason"
            required
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <DayInput
            label="Until"
            description="Without a day it holds until someone ends it"
            min={workspace.today}
            value={untilDay}
            onChange={setUntilDay}
          />
        </>
      ) : null}
    </BulkDialog>
  );
}
