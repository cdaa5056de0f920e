import { Button, Checkbox, Group, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import type { Renewal } from '@steward/shared/renewals';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDay } from '../../lib/days.js';
import { formatMoney } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import { useLeaving } from '../leaving/change-leaving.js';
import { ReasonSelect } from '../leaving/reason-select.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { MoneyInput } from '../ui/money-input.js';
import { toastError } from '../ui/toast.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { useOutcome } from './change-renewals.js';
import { leavingQuery } from './get-renewals.js';

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
  const [leaves, setLeaves] = useState(true);
  const { isDirty } = useUnsaved({ outcome, amount, on, nextDueOn, reasonKey, note });
  const { give } = useOutcome();
  const { notice } = useLeaving({ id: renewal.accountId, name });
  const { data: before } = useQuery({ ...leavingQuery(renewal.accountId), enabled: outcome === 'lost' });
  // Whoever lost it on the day or before it leaves with it; one that is long overdue has gone, or goes on.
  const mayLeave =
    outcome === 'lost' && on !== null && renewal.dueOn >= on && before?.status === 'customer' && !before.leaving;
  const smaller = amount !== null && renewal.amountMinor !== null && amount < renewal.amountMinor;
  const ready = on !== null && (outcome === 'lost' ? reasonKey !== null : amount !== null);
  const send = () => {
    if (on === null) return;
    const said = note.trim() === '' ? null : note.trim();
    const done = { onSuccess: onClose };
    if (outcome === 'lost' && reasonKey !== null) {
      const given = { noticeGivenOn: on, leavesOn: renewal.dueOn, reasonKey, note: said };
      const lost = { renewal, outcome: { outcome, reasonKey, on, note: said }, said: `${name}: renewal lost` };
      const leave = async () => {
        if (mayLeave && leaves && before) await notice.mutateAsync({ given, before });
      };
      // Not by its callbacks, which are not called once the dialog is closed or its row has gone from the page.
      give.mutateAsync(lost, done).then(
        () => leave().catch((error) => toastError('The notice was not recorded', error)),
        () => undefined,
      );
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
          {mayLeave ? (
            <Checkbox
              label={`Record notice, too: they leave on ${formatDay(renewal.dueOn)}`}
              description="Otherwise they stay a customer until somebody says so"
              checked={leaves}
              onChange={(event) => setLeaves(event.currentTarget.checked)}
            />
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
