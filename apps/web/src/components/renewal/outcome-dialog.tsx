import { Button, Group, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import type { Renewal } from '@steward/shared/renewals';
import { useState } from 'react';
import { formatDay } from '../../lib/days.js';
import { formatMoney } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import { ReasonSelect } from '../leaving/reason-select.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { MoneyInput } from '../ui/money-input.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { useOutcome } from './change-renewals.js';

interface OutcomeDialogProps {
  renewal: Renewal;
  name: string;
  /** How it begins: an account that leaves is lost rather than renewed. */
  lost?: boolean;
  onClose: () => void;
}

/** What became of a renewal: renewed at an amount, of which smaller follows, or lost for a reason of the list. */
export function OutcomeDialog({ renewal, name, lost = false, onClose }: OutcomeDialogProps) {
  const currency = useCurrency();
  const { today } = useMe().workspace;
  const [outcome, setOutcome] = useState<'renewed' | 'lost'>(lost ? 'lost' : 'renewed');
  const [amount, setAmount] = useState(renewal.forecast.amountMinor ?? renewal.amountMinor);
  const [on, setOn] = useState<string | null>(today);
  const [nextDueOn, setNextDueOn] = useState<string | null>(null);
  const [reasonKey, setReasonKey] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const { isDirty } = useUnsaved({ outcome, amount, on, nextDueOn, reasonKey, note });
  const { give } = useOutcome();
  const smaller = amount !== null && renewal.amountMinor !== null && amount < renewal.amountMinor;
  const ready = on !== null && (outcome === 'lost' ? reasonKey !== null : amount !== null);
  const send = () => {
    if (on === null) return;
    const said = note.trim() === '' ? null : note.trim();
    const done = { onSuccess: onClose };
    if (outcome === 'lost' && reasonKey !== null) {
      give.mutate({ renewal, outcome: { outcome, reasonKey, on, note: said }, said: `${name}: renewal lost` }, done);
    }
    if (outcome === 'renewed' && amount !== null) {
      const words = smaller ? 'renewed smaller' : 'renewed';
      const given = { outcome, amountMinor: amount, on, nextDueOn, note: said };
      give.mutate({ renewal, outcome: given, said: `${name}: ${words}` }, done);
    }
  };
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={`Outcome: ${name}, due ${formatDay(renewal.dueOn)}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) send();
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            fullWidth
            aria-label="What became of it"
            data={[
              { value: 'renewed', label: 'Renewed' },
              { value: 'lost', label: 'Lost' },
            ]}
            value={outcome}
            onChange={(next) => setOutcome(next as 'renewed' | 'lost')}
          />
          {outcome === 'renewed' ? (
            <>
              <MoneyInput
                label="A year of what goes on"
                description={`Due was ${formatMoney(renewal.amountMinor, currency)}`}
                required
                data-autofocus
                currency={currency}
                value={amount}
                onChange={setAmount}
              />
              <Text size="sm" c="dimmed" role="status">
                {smaller
                  ? 'Less than was due: it counts as renewed smaller.'
                  : 'At least what was due: it counts as renewed.'}
              </Text>
            </>
          ) : (
            <ReasonSelect required autoFocus value={reasonKey} onChange={setReasonKey} />
          )}
          <Group grow align="flex-start">
            <DayInput label="Decided on" required value={on} max={today} onChange={setOn} />
            {outcome === 'renewed' ? (
              <DayInput label="Next renewal" value={nextDueOn} min={renewal.dueOn} onChange={setNextDueOn} />
            ) : null}
          </Group>
          {outcome === 'renewed' ? (
            <Text size="xs" c="dimmed">
              The next renewal is only needed where no subscription tells it.
            </Text>
          ) : null}
          <Textarea
            label="Note"
            autosize
            minRows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={give.isPending} disabled={!ready}>
              Save the outcome
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
