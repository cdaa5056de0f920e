import { Alert, Button, Checkbox, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { ALERT_KINDS, ALERT_SEVERITIES, type AlertKind, type AlertSeverity } from '@steward/shared/alerts';
import type { Webhook } from '@steward/shared/notifications';
import { useState } from 'react';
import { AskDialog } from '../../components/ui/ask-dialog.js';
import { Dialog } from '../../components/ui/dialog.js';
import { toastError } from '../../components/ui/toast.js';
import { errorText } from '../../lib/api.js';
import { humanize } from '../../lib/catalogue.js';
import { SecretDialog } from './secret-dialog.js';
import { useCreateWebhook, useRemoveWebhook, useRenewSecret, useUpdateWebhook } from './webhooks.js';

const SEVERITY_OPTIONS = ALERT_SEVERITIES.map((value) => ({ value, label: humanize(value) }));

/** A new webhook, or one to change. */
export function WebhookDialog({ webhook, onClose }: { webhook: Webhook | null; onClose: () => void }) {
  const [name, setName] = useState(webhook?.name ?? '');
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [kinds, setKinds] = useState<string[]>(webhook?.kinds ?? [...ALERT_KINDS]);
  const [leastSeverity, setLeastSeverity] = useState<AlertSeverity>(webhook?.leastSeverity ?? 'info');
  const [enabled, setEnabled] = useState(webhook?.enabled ?? true);
  const create = useCreateWebhook();
  const update = useUpdateWebhook();
  const { error, isPending } = webhook ? update : create;
  if (create.data) return <SecretDialog title={`Secret of “${name}”`} secret={create.data.secret} onClose={onClose} />;
  const save = () => {
    const all = kinds.length === ALERT_KINDS.length;
    const given = {
      name: name.trim(),
      url: url.trim(),
      kinds: all ? null : (kinds as AlertKind[]),
      leastSeverity,
      enabled,
    };
    if (webhook) update.mutate({ id: webhook.id, revision: webhook.revision, ...given }, { onSuccess: onClose });
    else create.mutate(given);
  };
  return (
    <Dialog onClose={onClose} title={webhook ? `Webhook “${webhook.name}”` : 'Add a webhook'}>
      <Stack gap="sm">
        {error ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {errorText(error)}
          </Alert>
        ) : null}
        <TextInput label="Name" data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput
          label="Address"
          placeholder="https://hooks.example.com/steward"
          description="It gets each alert as signed JSON; Slack and programs like it show its text"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Checkbox.Group label="Alerts of these kinds" value={kinds} onChange={setKinds}>
          <Group gap="sm" mt={6}>
            {ALERT_KINDS.map((kind) => (
              <Checkbox key={kind} value={kind} label={humanize(kind)} />
            ))}
          </Group>
        </Checkbox.Group>
        <NativeSelect
          label="From this severity on"
          data={SEVERITY_OPTIONS}
          value={leastSeverity}
          onChange={(event) => setLeastSeverity(event.currentTarget.value as AlertSeverity)}
        />
        {webhook ? (
          <Switch label="Switched on" checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={name.trim() === '' || url.trim() === '' || kinds.length === 0}
            loading={isPending}
            onClick={save}
          >
            {webhook ? 'Save' : 'Add'}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

export function RenewSecretDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const renew = useRenewSecret();
  if (renew.data) {
    return <SecretDialog title={`Secret of “${webhook.name}”`} secret={renew.data.secret} onClose={onClose} />;
  }
  return (
    <AskDialog
      title={`Make a new secret for “${webhook.name}”?`}
      yes="Make a new secret"
      isPending={renew.isPending}
      onYes={() => renew.mutate(webhook.id, { onError: (error) => toastError('The secret stays as it was', error) })}
      onClose={onClose}
    >
      The old secret signs nothing from now on. The receiver refuses messages until it knows the new one.
    </AskDialog>
  );
}

export function RemoveWebhookDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const remove = useRemoveWebhook();
  return (
    <AskDialog
      title={`Remove “${webhook.name}”?`}
      yes="Remove"
      isPending={remove.isPending}
      onYes={() =>
        remove.mutate(webhook.id, {
          onSuccess: onClose,
          onError: (error) => toastError('The webhook was not removed', error),
        })
      }
      onClose={onClose}
    >
      It gets no more alerts; messages that wait for it fail. This cannot be undone.
    </AskDialog>
  );
}
