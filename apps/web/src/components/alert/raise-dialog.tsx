import { Button, Group, Select, Stack, Textarea } from '@mantine/core';
import {
  ALERT_KINDS,
  ALERT_SEVERITIES,
  type Alert,
  type AlertKind,
  type AlertSeverity,
  type RaiseAlert,
} from '@steward/shared/alerts';
import type { IsoDay } from '@steward/shared/common';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { useMutation } from '../../lib/mutation.js';
import { useAssignees } from '../task/use-assignees.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { toast, toastError } from '../ui/toast.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { askAgainForAlerts } from './act-on-alerts.js';
import { KIND_WORDS, SEVERITY_WORDS } from './alert-words.js';

interface RaiseDialogProps {
  account: { id: string; name: string };
  /** What it starts with: expansion for a hand-over to an account manager. */
  kind?: AlertKind;
  assigneeUserId?: string | null;
  onClose: () => void;
}

/** Raises an alert by hand: what it is, how severe, why, until when and for whom. */
export function RaiseDialog({ account, kind: first = 'churn', assigneeUserId = null, onClose }: RaiseDialogProps) {
  const { today } = useMe().workspace;
  const people = useAssignees(account.id);
  const [kind, setKind] = useState<AlertKind>(first);
  const [severity, setSeverity] = useState<AlertSeverity>('medium');
  const [reason, setReason] = useState('');
  const [dueDay, setDueDay] = useState<IsoDay | null>(null);
  const [assignee, setAssignee] = useState<string | null>(assigneeUserId);
  const { isDirty } = useUnsaved({ kind, severity, reason, dueDay, assignee });
  const queryClient = useQueryClient();
  const raise = useMutation({
    mutationFn: (body: RaiseAlert) => request<Alert>('POST', `/accounts/${account.id}/alerts`, { body }),
    onSuccess: async () => {
      toast(`Alert raised on ${account.name}`);
      await askAgainForAlerts(queryClient);
      onClose();
    },
    onError: (error) => toastError('The alert was not raised', error),
  });
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={`Raise an alert on ${account.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() === '') return;
          raise.mutate({ kind, severity, reason: reason.trim(), dueDay, assigneeUserId: assignee });
        }}
      >
        <Stack gap="sm">
          <Textarea
            label="What is it about"
            required
            data-autofocus
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group grow>
            <Select
              label="Kind"
              data={ALERT_KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
              value={kind}
              onChange={(next) => next && setKind(next as AlertKind)}
            />
            <Select
              label="Severity"
              data={ALERT_SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }))}
              value={severity}
              onChange={(next) => next && setSeverity(next as AlertSeverity)}
            />
          </Group>
          <Group grow align="flex-end">
            <Select
              label="For"
              placeholder="The account’s owner"
              searchable
              clearable
              data={people}
              value={assignee}
              onChange={setAssignee}
            />
            <DayInput label="Due" value={dueDay} min={today} onChange={setDueDay} />
          </Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={raise.isPending} disabled={reason.trim() === ''}>
              Raise alert
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
