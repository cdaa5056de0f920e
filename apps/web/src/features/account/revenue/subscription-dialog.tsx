import { Alert, Button, Group, NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import type { Subscription } from '@steward/shared/subscriptions';
import { useState } from 'react';
import { CurrencySelect } from '../../../components/ui/currency-select.js';
import { DayInput } from '../../../components/ui/day-input.js';
import { Dialog } from '../../../components/ui/dialog.js';
import { MoneyInput } from '../../../components/ui/money-input.js';
import { errorText } from '../../../lib/api.js';
import { useMe } from '../../../lib/me.js';
import { useSaveSubscription } from './change-subscriptions.js';

interface SubscriptionDialogProps {
  accountId: string;
  /** Null: a new one. */
  subscription: Subscription | null;
  onClose: () => void;
}

/** A subscription that people keep by hand. */
export function SubscriptionDialog({ accountId, subscription, onClose }: SubscriptionDialogProps) {
  const { workspace } = useMe();
  const [plan, setPlan] = useState(subscription?.plan ?? '');
  const [quantity, setQuantity] = useState(subscription?.quantity ?? null);
  const [seatBased, setSeatBased] = useState(subscription?.seatBased ?? true);
  const [mrrMinor, setMrr] = useState(subscription?.mrrMinor ?? null);
  const [currency, setCurrency] = useState(subscription?.currency ?? workspace.currency);
  const [start, setStart] = useState<string | null>(subscription?.start ?? workspace.today);
  const [end, setEnd] = useState(subscription?.end ?? null);
  const [termMonths, setTerm] = useState(subscription?.termMonths ?? null);
  const [autoRenew, setAutoRenew] = useState(subscription?.autoRenew ?? false);
  const save = useSaveSubscription(accountId);
  const endsTooEarly = start !== null && end !== null && end < start;
  const ready = mrrMinor !== null && start !== null && !endsTooEarly;
  return (
    <Dialog onClose={onClose} title={subscription ? `Subscription: ${plan || subscription.id}` : 'Add a subscription'}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (mrrMinor === null || start === null || !ready) return;
          const fields = {
            plan: plan.trim() === '' ? null : plan.trim(),
            quantity,
            seatBased,
            mrrMinor,
            currency,
            start,
            end,
            termMonths,
            autoRenew,
          };
          save.mutate({ known: subscription, fields }, { onSuccess: onClose });
        }}
      >
        <Stack gap="sm">
          {save.error ? (
            <Alert color="red" variant="light" role="alert" p="xs">
              {errorText(save.error)}
            </Alert>
          ) : null}
          <Group grow align="flex-start">
            <TextInput
              label="Plan"
              maxLength={200}
              data-autofocus
              value={plan}
              onChange={(event) => setPlan(event.currentTarget.value)}
            />
            <NumberInput
              label="Quantity"
              min={0}
              allowDecimal={false}
              value={quantity ?? ''}
              onChange={(next) => setQuantity(typeof next === 'number' ? next : null)}
            />
          </Group>
          <Group grow align="flex-start">
            <MoneyInput label="MRR" required currency={currency} value={mrrMinor} onChange={setMrr} />
            <CurrencySelect label="Currency" value={currency} onChange={(next) => next && setCurrency(next)} />
          </Group>
          <Group grow align="flex-start">
            <DayInput label="First day" required value={start} onChange={setStart} />
            <DayInput
              label="Last day"
              value={end}
              error={endsTooEarly ? 'Lies before the first day' : undefined}
              onChange={setEnd}
            />
          </Group>
          <Group grow align="flex-end">
            <NumberInput
              label="Term"
              suffix=" months"
              min={1}
              max={1200}
              allowDecimal={false}
              value={termMonths ?? ''}
              onChange={(next) => setTerm(typeof next === 'number' ? next : null)}
            />
            <Stack gap={6}>
              <Switch
                label="Quantity counts seats"
                checked={seatBased}
                onChange={(event) => setSeatBased(event.currentTarget.checked)}
              />
              <Switch
                label="Renews by itself"
                checked={autoRenew}
                onChange={(event) => setAutoRenew(event.currentTarget.checked)}
              />
            </Stack>
          </Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!ready}>
              {subscription ? 'Save' : 'Add subscription'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
