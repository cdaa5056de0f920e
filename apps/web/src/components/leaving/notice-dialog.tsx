import { Alert, Button, Group, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import type { LeavingState } from '@steward/shared/leaving';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorText } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { leavingQuery } from '../renewal/get-renewals.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { useLeaving } from './change-leaving.js';
import { ReasonSelect } from './reason-select.js';

interface NoticeDialogProps {
  account: { id: string; name: string };
  onClose: () => void;
}

/** A customer has given notice: since when, and until when they stay. */
export function NoticeDialog({ account, onClose }: NoticeDialogProps) {
  const { data, error } = useQuery(leavingQuery(account.id));
  return (
    <Dialog onClose={onClose} title={`Notice given: ${account.name}`}>
      {error ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {errorText(error)}
        </Alert>
      ) : null}
      {data || error ? null : <Skeleton h={200} />}
      {data ? <NoticeForm account={account} before={data} onClose={onClose} /> : null}
    </Dialog>
  );
}

function NoticeForm({ account, before, onClose }: NoticeDialogProps & { before: LeavingState }) {
  const { today } = useMe().workspace;
  const [noticeGivenOn, setGiven] = useState<string | null>(before.noticeGivenOn ?? today);
  const [leavesOn, setLeaves] = useState(before.leavesOn);
  const [reasonKey, setReason] = useState(before.notice?.reason?.key ?? null);
  const [note, setNote] = useState(before.notice?.note ?? '');
  const { notice } = useLeaving(account);
  const tooEarly = noticeGivenOn !== null && leavesOn !== null && leavesOn < noticeGivenOn;
  const ready = noticeGivenOn !== null && !tooEarly;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (noticeGivenOn === null || !ready) return;
        const given = { noticeGivenOn, leavesOn, reasonKey, note: note.trim() === '' ? null : note.trim() };
        notice.mutate({ given, before }, { onSuccess: onClose });
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          They stay a customer until they leave: at risk, out of expansion, and nothing is expected of their renewal.
        </Text>
        {notice.error ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {errorText(notice.error)}
          </Alert>
        ) : null}
        <Group grow align="flex-start">
          <DayInput label="Notice given on" required value={noticeGivenOn} max={today} onChange={setGiven} />
          <DayInput
            label="Leaves on"
            value={leavesOn}
            min={noticeGivenOn ?? undefined}
            error={tooEarly ? 'Lies before the notice' : undefined}
            onChange={setLeaves}
          />
        </Group>
        <ReasonSelect value={reasonKey} onChange={setReason} />
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
          <Button type="submit" loading={notice.isPending} disabled={!ready}>
            {before.leaving ? 'Save the notice' : 'Record the notice'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
