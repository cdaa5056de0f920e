import { Button, NativeSelect, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import { DELIVERY_STATES, type Delivery, type DeliveryState } from '@steward/shared/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { toastError } from '../../components/ui/toast.js';
import { formatInstant } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { deliveriesQuery, useRetryDelivery } from './webhooks.js';

const STATE_WORDS: Record<DeliveryState, string> = {
  due: 'Waiting',
  sending: 'On its way',
  sent: 'Sent',
  failed: 'Failed',
  uncertain: 'Uncertain: it may have gone out',
};
const OPTIONS = [
  { value: '', label: 'All' },
  ...DELIVERY_STATES.map((value) => ({ value, label: STATE_WORDS[value].split(':')[0] ?? value })),
];

/** Mails and calls of webhooks, and what became of them. */
export function DeliveriesSection() {
  const [state, setState] = useState<DeliveryState | null>(null);
  const { data, error, refetch } = useQuery(deliveriesQuery(state));
  return (
    <Section
      title="Messages"
      note="Mails and calls of webhooks"
      aside={
        <NativeSelect
          size="xs"
          aria-label="State of messages"
          data={OPTIONS}
          value={state ?? ''}
          onChange={(event) => setState((event.currentTarget.value || null) as DeliveryState | null)}
        />
      }
    >
      {error ? <LoadFailed title="Messages could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={100} />}
      {data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          {state === null ? 'Nothing has left the workspace yet.' : 'None are in this state.'}
        </Text>
      ) : null}
      {data && data.length > 0 ? <DeliveryTable deliveries={data} /> : null}
    </Section>
  );
}

function DeliveryTable({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { timeZone } = useMe().workspace;
  const retry = useRetryDelivery();
  return (
    <Table aria-label="Messages">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>When</Table.Th>
          <Table.Th>To</Table.Th>
          <Table.Th>About</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {deliveries.map((each) => (
          <Table.Tr key={each.id}>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatInstant(each.createdAt, timeZone)}</Table.Td>
            <Table.Td>
              {each.to} <span className="dim">({each.channel === 'email' ? 'mail' : 'webhook'})</span>
            </Table.Td>
            <Table.Td>
              {each.accountName}: {each.text}
            </Table.Td>
            <Table.Td>
              {STATE_WORDS[each.state]}
              {each.error ? ` · ${each.error}` : ''}
              {each.attempts > 1 ? ` · ${each.attempts} attempts` : ''}
              {each.dueAt ? ` · next ${formatInstant(each.dueAt, timeZone)}` : ''}
            </Table.Td>
            <Table.Td ta="right">
              {each.state === 'failed' || each.state === 'uncertain' ? (
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-xs"
                  aria-label={`Send again to ${each.to}`}
                  loading={retry.isPending && retry.variables?.id === each.id}
                  onClick={() =>
                    retry.mutate(each, { onError: (failure) => toastError('It was not sent again', failure) })
                  }
                >
                  Send again
                </Button>
              ) : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
