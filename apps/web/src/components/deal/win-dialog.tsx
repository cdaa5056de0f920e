import { Button, Group, NumberInput, Select, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import type { Deal } from '@steward/shared/deals';
import type { Subscription } from '@steward/shared/subscriptions';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorText } from '../../lib/api.js';
import { formatDay } from '../../lib/days.js';
import { formatMoney, formatNumber } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { MoneyInput } from '../ui/money-input.js';
import { useDealSteps } from './change-deals.js';
import { subscriptionsQuery } from './get-deals.js';
import { type ChangeDraft, changeable, changeOfDraft, startingChange } from './win-change.js';

const NONE_CHANGED = 'none';

/** Ends a deal that was won: on which day, and what becomes of the subscriptions. */
export function WinDialog({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { data, error } = useQuery(subscriptionsQuery(deal.accountId));
  return (
    <Dialog onClose={onClose} title={`Won: ${deal.name}`}>
      {data || error ? (
        <WinForm deal={deal} subscriptions={data?.subscriptions ?? []} error={error} onClose={onClose} />
      ) : (
        <Skeleton h={220} />
      )}
    </Dialog>
  );
}

interface WinFormProps {
  deal: Deal;
  subscriptions: readonly Subscription[];
  error: Error | null;
  onClose: () => void;
}

function WinForm({ deal, subscriptions, error, onClose }: WinFormProps) {
  const { today } = useMe().workspace;
  const byHand = changeable(subscriptions, today);
  const first = byHand[0];
  const [on, setOn] = useState<string | null>(today);
  const [reason, setReason] = useState('');
  const [change, setChange] = useState<ChangeDraft | null>(first ? startingChange(deal, first, today) : null);
  const { step } = useDealSteps();
  const sent = change === null ? null : changeOfDraft(change);
  const ready = on !== null && (change === null || sent !== null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (on === null || !ready) return;
        const how = { on, reason: reason.trim() === '' ? null : reason.trim(), change: sent };
        step.mutate({ deal, deed: 'win', how }, { onSuccess: onClose });
      }}
    >
      <Stack gap="sm">
        <DayInput label="Won on" required value={on} max={today} onChange={setOn} />
        {error ? (
          <Text size="sm" c="red" role="alert">
            The subscriptions could not be loaded, so none is changed: {errorText(error)}
          </Text>
        ) : null}
        {first ? (
          <>
            <Select
              label="What becomes of the subscriptions"
              data={[
                ...byHand.map((each) => ({ value: each.id, label: subscriptionName(each) })),
                { value: NONE_CHANGED, label: 'Nothing changes now' },
              ]}
              value={change?.subscription.id ?? NONE_CHANGED}
              onChange={(id) => {
                const chosen = byHand.find((each) => each.id === id);
                setChange(chosen ? startingChange(deal, chosen, on) : null);
              }}
            />
            {change ? <ChangeFields change={change} onChange={setChange} today={today} /> : null}
          </>
        ) : error ? null : (
          <Awaited subscriptions={subscriptions} />
        )}
        <Textarea
          label="What decided it"
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={step.isPending} disabled={!ready}>
            Mark as won
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ChangeFieldsProps {
  change: ChangeDraft;
  onChange: (change: ChangeDraft) => void;
  today: string;
}

function ChangeFields({ change, onChange, today }: ChangeFieldsProps) {
  const currency = useCurrency();
  const { kind, subscription, quantity, mrrMinor, from, end } = change;
  const money = subscription.currency ?? currency;
  const set = (part: Partial<ChangeDraft>) => onChange({ ...change, ...part });
  return (
    <Stack gap="sm" pl="sm" style={{ borderLeft: '2px solid var(--line-strong)' }}>
      {subscription.end === null ? null : (
        <Select
          label="How"
          data={[
            { value: 'expansion', label: 'It changes from a day on' },
            { value: 'renewal', label: `A new term follows its end, ${formatDay(subscription.end)}` },
          ]}
          value={kind}
          onChange={(next) => next && set({ kind: next as ChangeDraft['kind'] })}
        />
      )}
      <Group grow align="flex-start">
        <NumberInput
          label={subscription.seatBased ? 'Seats' : 'Quantity'}
          description={`now ${formatNumber(subscription.quantity)}`}
          min={0}
          allowDecimal={false}
          value={quantity ?? ''}
          onChange={(next) => set({ quantity: typeof next === 'number' ? next : null })}
        />
        <MoneyInput
          label="MRR"
          description={`now ${formatMoney(subscription.mrrMinor, money)}`}
          required
          currency={money}
          value={mrrMinor}
          onChange={(next) => set({ mrrMinor: next })}
        />
      </Group>
      {kind === 'expansion' ? (
        <DayInput
          label="From"
          required
          value={from}
          min={subscription.start}
          max={today}
          onChange={(next) => set({ from: next })}
        />
      ) : (
        <DayInput
          label="The new term’s last day (left out: as long as the one before)"
          value={end}
          min={subscription.end ?? undefined}
          onChange={(next) => set({ end: next })}
        />
      )}
    </Stack>
  );
}

/** Nothing here is kept by hand: who writes the subscriptions, and where the deal waits for them. */
function Awaited({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  return (
    <Text size="sm" c="dimmed">
      {subscriptions.some(({ keptByHand }) => !keptByHand)
        ? 'The subscriptions of this account come from an import or the API, so winning writes nothing. The deal stands under “Won, not yet billed” until they change, within 60 days.'
        : 'This account has no subscription that winning could change. Add one under Revenue on its page; until then the deal stands under “Won, not yet billed”.'}
    </Text>
  );
}

const subscriptionName = ({ plan, quantity, id }: Subscription): string =>
  `${plan ?? id}${quantity === null ? '' : ` × ${formatNumber(quantity)}`}`;
