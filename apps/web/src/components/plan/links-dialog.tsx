import { Button, CloseButton, Group, TextInput } from '@mantine/core';
import type { AccountPlan } from '@steward/shared/account-plan';
import { useState } from 'react';
import { isLink } from '../touch/touch-draft.js';
import { useRestsOn } from '../ui/use-rests-on.js';
import { useUnsaved } from '../ui/use-unsaved.js';
import { useSavePlan } from './get-plan.js';
import { PlanDialog } from './plan-dialog.js';

const MOST = 20;

interface LinksDialogProps {
  accountId: string;
  plan: AccountPlan;
  onClose: () => void;
}

/** Where things of the account stand elsewhere: the contract, the shared folder, the channel. */
export function LinksDialog({ accountId, plan, onClose }: LinksDialogProps) {
  const save = useSavePlan(accountId);
  const restsOn = useRestsOn(plan, ({ links }) => links);
  const [rows, setRows] = useState(() =>
    (plan.links.length === 0 ? [{ name: '', url: '' }] : plan.links).map((link, key) => ({ ...link, key })),
  );
  const { isDirty } = useUnsaved(rows);
  const change = (key: number, part: { name?: string; url?: string }) =>
    setRows((now) => now.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const written = rows.filter(({ name, url }) => name.trim() !== '' || url.trim() !== '');
  const ready = written.every(({ name, url }) => name.trim() !== '' && isLink(url.trim()));
  return (
    <PlanDialog
      title="Links"
      isDirty={isDirty}
      ready={ready}
      isPending={save.isPending}
      restsOn={restsOn}
      theirLines={({ links }) => links.map(({ name, url }) => `${name}: ${url}`)}
      aside={
        rows.length < MOST ? (
          <Button variant="default" onClick={() => setRows((now) => [...now, { name: '', url: '', key: Date.now() }])}>
            Add one
          </Button>
        ) : null
      }
      onClose={onClose}
      onSave={() =>
        save.mutate(
          {
            plan: restsOn.on,
            change: { links: written.map(({ name, url }) => ({ name: name.trim(), url: url.trim() })) },
            said: 'Links saved',
          },
          { onSuccess: onClose },
        )
      }
    >
      {rows.map((row, index) => (
        <Group key={row.key} gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            aria-label={`Name of link ${index + 1}`}
            placeholder="Name"
            data-autofocus={index === 0 || undefined}
            w={180}
            maxLength={100}
            value={row.name}
            onChange={(event) => change(row.key, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Address of link ${index + 1}`}
            placeholder="https://…"
            style={{ flex: 1 }}
            maxLength={2000}
            value={row.url}
            error={row.url.trim() !== '' && !isLink(row.url.trim()) ? 'It begins with https:// or http://' : undefined}
            onChange={(event) => change(row.key, { url: event.currentTarget.value })}
          />
          <CloseButton
            aria-label={`Remove link ${index + 1}`}
            onClick={() => setRows((now) => now.filter(({ key }) => key !== row.key))}
          />
        </Group>
      ))}
    </PlanDialog>
  );
}
