import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useCurrency } from '../../lib/me.js';
import { Dialog } from '../ui/dialog.js';
import { useCreateDeal } from './change-deals.js';
import { type DealDraft, newDealOf } from './deal-draft.js';
import { DealFields } from './deal-fields.js';

interface AddDealDialogProps {
  account: { id: string; name: string };
  onClose: () => void;
}

/** A deal by hand: the first stage and the account manager, unless somebody says otherwise. */
export function AddDealDialog({ account, onClose }: AddDealDialogProps) {
  const currency = useCurrency();
  const [draft, setDraft] = useState<DealDraft>({
    kind: 'expansion',
    name: '',
    stage: null,
    amountMinor: null,
    currency,
    probability: null,
    closeOn: null,
    ownerUserId: null,
    goalId: null,
  });
  const create = useCreateDeal(account.id);
  const ready = draft.name.trim() !== '';
  return (
    <Dialog onClose={onClose} title={`New deal with ${account.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) create.mutate(newDealOf(draft), { onSuccess: onClose });
        }}
      >
        <Stack gap="sm">
          <DealFields accountId={account.id} draft={draft} onChange={setDraft} autoFocus />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={!ready}>
              Add deal
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
