import { Alert, Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { errorText } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { MoneyInput } from '../ui/money-input.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { useLeaving } from './change-leaving.js';
import { useEndWork, useWork, workWords } from './end-work.js';
import { ReasonSelect } from './reason-select.js';

interface ChurnDialogProps {
  account: { id: string; name: string; arrMinor: number | null; leavesOn: string | null };
  onClose: () => void;
}

/** The customer has left: when, why, to whom, and what was lost. */
export function ChurnDialog({ account, onClose }: ChurnDialogProps) {
  const { workspace, permissions } = useMe();
  const { today, currency } = workspace;
  const { leavesOn, arrMinor } = account;
  const [on, setOn] = useState<string | null>(leavesOn !== null && leavesOn <= today ? leavesOn : today);
  const [reasonKey, setReason] = useState<string | null>(null);
  const [competitor, setCompetitor] = useState('');
  const [lostMinor, setLost] = useState(arrMinor);
  const [note, setNote] = useState('');
  const { isDirty } = useUnsaved({ on, reasonKey, competitor, lostMinor, note });
  const [ends, setEnds] = useState(true);
  const { churn } = useLeaving(account);
  const underWay = useWork(account.id);
  const work = permissions.includes('goals:write') ? underWay : null;
  const endWork = useEndWork(account);
  const textOf = (text: string) => (text.trim() === '' ? null : text.trim());
  const ready = on !== null && reasonKey !== null;
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={`Record churn: ${account.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (on === null || reasonKey === null) return;
          const said = { on, reasonKey, competitor: textOf(competitor), note: textOf(note) };
          // Left as it was, the server says what the ARR was on the day before, which may lie back.
          const lost = lostMinor === arrMinor ? {} : { arrLostMinor: lostMinor };
          // Not by its callbacks, which are not called once the dialog is closed.
          churn.mutateAsync({ ...said, ...lost }, { onSuccess: onClose }).then(
            () => ends && work !== null && endWork.mutate(work),
            () => undefined,
          );
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            They are no customer from this day on. For a day that lies ahead record that notice was given instead.
          </Text>
          {churn.error ? (
            <Alert color="red" variant="light" role="alert" p="xs">
              {errorText(churn.error)}
            </Alert>
          ) : null}
          <ReasonSelect required autoFocus value={reasonKey} onChange={setReason} />
          <Group grow align="flex-start">
            <DayInput label="Left on" required value={on} max={today} onChange={setOn} />
            <MoneyInput label="ARR lost" currency={currency} value={lostMinor} onChange={setLost} />
          </Group>
          <TextInput
            label="Went to"
            placeholder="A competitor, if it is known"
            maxLength={200}
            value={competitor}
            onChange={(event) => setCompetitor(event.currentTarget.value)}
          />
          <Textarea
            label="Note"
            autosize
            minRows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {work === null ? null : (
            <Checkbox
              label={`End its ${workWords(work)}, too`}
              description="Else they stay with those who have them"
              checked={ends}
              onChange={(event) => setEnds(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red" loading={churn.isPending} disabled={!ready}>
              Record churn
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
