import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import type { IsoDay } from '@steward/shared/common';
import { useState } from 'react';
import { DayInput } from '../../components/ui/day-input.js';
import { Dialog } from '../../components/ui/dialog.js';
import { useUnsaved } from '../../components/ui/use-unsaved.js';
import { fieldOf, optionLabel, useCatalogue } from '../../lib/catalogue.js';
import { formatDay } from '../../lib/days.js';
import { useJudgeAccount } from './judge-account.js';

interface OverrideDialogProps {
  account: AccountDetail;
  what: 'tier' | 'stage';
  onClose: () => void;
}

const TITLES = { tier: 'Set the tier by hand', stage: 'Move to a stage' } as const;

/** Tier by hand with a reason and an end; a stage moved by hand stays until it is unlocked. */
export function OverrideDialog({ account, what, onClose }: OverrideDialogProps) {
  const catalogue = useCatalogue();
  const options = fieldOf(catalogue, what)?.options ?? [];
  const [value, setValue] = useState<string | null>(account[what]);
  const [reason, setReason] = useState('');
  const [untilDay, setUntilDay] = useState<IsoDay | null>(null);
  const { isDirty } = useUnsaved({ value, reason, untilDay });
  const judge = useJudgeAccount(account.id);
  const current = what === 'tier' ? account.tierOverride : account.stageLock;
  const ready = value !== null && reason.trim() !== '';

  const save = () => {
    if (value === null) return;
    const said = { reason: reason.trim() };
    judge.mutate(
      what === 'tier' ? { what, body: { ...said, tier: value, untilDay } } : { what, body: { ...said, stage: value } },
      { onSuccess: onClose },
    );
  };

  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={TITLES[what]}>
      <Stack gap="sm">
        {current ? (
          <Text size="sm" c="dimmed">
            {what === 'tier' && account.tierOverride
              ? `Now ${optionLabel(catalogue, 'tier', account.tierOverride.tier)} by hand${account.tierOverride.untilDay ? ` until ${formatDay(account.tierOverride.untilDay)}` : ''}: ${account.tierOverride.reason}`
              : `Locked since ${formatDay(account.stageLock?.fromDay ?? null)}${account.stageLock?.reason ? `: ${account.stageLock.reason}` : ''}`}
          </Text>
        ) : null}
        <Select label={what === 'tier' ? 'Tier' : 'Stage'} data={options} value={value} onChange={setValue} />
        <Textarea
          label="Reason"
          required
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {what === 'tier' ? (
          <DayInput
            label="Until"
            description="Without a day it holds until someone ends it"
            min={account.asOf}
            value={untilDay}
            onChange={setUntilDay}
          />
        ) : (
          <Text size="xs" c="dimmed">
            The move locks the stage: rules leave it alone until it is unlocked.
          </Text>
        )}
        <Group justify="space-between">
          {current ? (
            <Button
              variant="subtle"
              loading={judge.isPending}
              onClick={() => judge.mutate({ what, body: null }, { onSuccess: onClose })}
            >
              {what === 'tier' ? 'Back to the rules' : 'Unlock'}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button disabled={!ready} loading={judge.isPending} onClick={save}>
              {what === 'tier' ? 'Set tier' : 'Move'}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Dialog>
  );
}
