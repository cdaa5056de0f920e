import { Badge, Button, Group, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import type { Webhook } from '@steward/shared/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { toast, toastError } from '../../components/ui/toast.js';
import { humanize } from '../../lib/catalogue.js';
import { DeliveriesSection } from './deliveries-section.js';
import { RemoveWebhookDialog, RenewSecretDialog, WebhookDialog } from './webhook-dialogs.js';
import { useTestWebhook, webhooksQuery } from './webhooks.js';

type Open = { what: 'edit' | 'secret' | 'remove'; webhook: Webhook } | { what: 'add' } | null;

/** Where alerts are sent to, and what became of all that left the workspace. */
export function WebhooksPage() {
  const { data, error, refetch } = useQuery(webhooksQuery);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Section
        title="Webhooks"
        note="Programs that are told of alerts"
        aside={
          <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpen({ what: 'add' })}>
            Add a webhook
          </Button>
        }
      >
        {error ? <LoadFailed title="Webhooks could not be loaded" error={error} onRetry={refetch} /> : null}
        {data || error ? null : <Skeleton h={100} />}
        {data?.length === 0 ? (
          <EmptyState title="No webhooks yet" text="A webhook tells Slack, or a program of yours, of each alert." />
        ) : null}
        {data && data.length > 0 ? <WebhookTable webhooks={data} onOpen={setOpen} /> : null}
      </Section>
      <DeliveriesSection />
      {open?.what === 'add' ? <WebhookDialog webhook={null} onClose={close} /> : null}
      {open?.what === 'edit' ? <WebhookDialog webhook={open.webhook} onClose={close} /> : null}
      {open?.what === 'secret' ? <RenewSecretDialog webhook={open.webhook} onClose={close} /> : null}
      {open?.what === 'remove' ? <RemoveWebhookDialog webhook={open.webhook} onClose={close} /> : null}
    </>
  );
}

function WebhookTable({ webhooks, onOpen }: { webhooks: readonly Webhook[]; onOpen: (open: Open) => void }) {
  const test = useTestWebhook();
  const tryOut = ({ id, name }: Webhook) =>
    test.mutate(id, {
      onSuccess: ({ ok, status, text }) =>
        ok ? toast(`${name} took the test (${status})`) : toastError(`${name} did not take the test`, new Error(text)),
      onError: (error) => toastError('The test was not sent', error),
    });
  return (
    <Table aria-label="Webhooks">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>Address</Table.Th>
          <Table.Th>Alerts</Table.Th>
          <Table.Th>Last 7 days</Table.Th>
          <Table.Th>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {webhooks.map((webhook) => (
          <Table.Tr key={webhook.id} c={webhook.enabled ? undefined : 'dimmed'}>
            <Table.Td fw={500}>
              {webhook.name} {webhook.enabled ? null : <Badge>Off</Badge>}
            </Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{webhook.url}</Table.Td>
            <Table.Td>
              {webhook.kinds === null ? 'All kinds' : webhook.kinds.map(humanize).join(', ')}, from{' '}
              {webhook.leastSeverity}
            </Table.Td>
            <Table.Td className="tabular">
              {webhook.sent} sent
              {webhook.failed > 0 ? `, ${webhook.failed} failed` : ''}
              {webhook.waiting > 0 ? `, ${webhook.waiting} waiting` : ''}
            </Table.Td>
            <Table.Td>
              <Group gap={4} justify="flex-end" wrap="nowrap">
                <Action label="Test" name={webhook.name} onClick={() => tryOut(webhook)} />
                <Action label="Edit" name={webhook.name} onClick={() => onOpen({ what: 'edit', webhook })} />
                <Action label="New secret" name={webhook.name} onClick={() => onOpen({ what: 'secret', webhook })} />
                <Action label="Remove" name={webhook.name} onClick={() => onOpen({ what: 'remove', webhook })} />
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Action({ label, name, onClick }: { label: string; name: string; onClick: () => void }) {
  return (
    <Button variant="subtle" color="gray" size="compact-xs" aria-label={`${label}: ${name}`} onClick={onClick}>
      {label}
    </Button>
  );
}
