import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import type { ApiKey, ApiScope } from '@steward/shared/access';
import type { IsoDay } from '@steward/shared/common';
import { useState } from 'react';
import { AskDialog } from '../../components/ui/ask-dialog.js';
import { DayInput } from '../../components/ui/day-input.js';
import { Dialog } from '../../components/ui/dialog.js';
import { toastError } from '../../components/ui/toast.js';
import { errorText } from '../../lib/api.js';
import { useMe } from '../../lib/me.js';
import { useCreateApiKey, useRevokeApiKey } from './api-keys.js';
import { SecretDialog } from './secret-dialog.js';

export const SCOPE_LABELS: Record<ApiScope, string> = {
  'facts:write': 'Send facts (identify, group, track, batch, upserts)',
  'accounts:read': 'Read accounts, as a viewer',
  'imports:write': 'Upload files and run imports',
};
const SCOPES = Object.keys(SCOPE_LABELS) as ApiScope[];

export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['facts:write']);
  const [lastDay, setLastDay] = useState<IsoDay | null>(null);
  const { today } = useMe().workspace;
  const create = useCreateApiKey();
  if (create.data)
    return <SecretDialog title={`Key “${create.data.name}”`} secret={create.data.secret} onClose={onClose} />;
  return (
    <Dialog onClose={onClose} title="Create an API key">
      <Stack gap="sm">
        {create.isError ? (
          <Alert color="red" variant="light" role="alert" p="xs">
            {errorText(create.error)}
          </Alert>
        ) : null}
        <TextInput
          label="Name"
          placeholder="What uses it"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label="What it may do" value={scopes} onChange={setScopes}>
          <Stack gap={10} mt={6}>
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={SCOPE_LABELS[scope]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <DayInput
          label="Last day"
          description="Without a day it never expires"
          min={today}
          value={lastDay}
          onChange={setLastDay}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={name.trim() === '' || scopes.length === 0}
            loading={create.isPending}
            onClick={() =>
              create.mutate({
                name: name.trim(),
                scopes: scopes as ApiScope[],
                expiresAt: lastDay === null ? null : `${lastDay}T23:59:59Z`,
              })
            }
          >
            Create
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useRevokeApiKey();
  return (
    <AskDialog
      title={`Revoke “${apiKey.name}”?`}
      yes="Revoke"
      isPending={revoke.isPending}
      onYes={() =>
        revoke.mutate(apiKey.id, {
          onSuccess: onClose,
          onError: (error) => toastError('The key was not revoked', error),
        })
      }
      onClose={onClose}
    >
      Whatever uses this key is refused from now on. Facts that it sent stay. This cannot be undone.
    </AskDialog>
  );
}
