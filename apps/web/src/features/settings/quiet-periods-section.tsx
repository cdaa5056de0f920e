import { Badge, Button, Group, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import type { QuietPeriod } from '@steward/shared/quiet-periods';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { QuietPeriodDialog, RemoveQuietPeriodDialog } from './quiet-period-dialogs.js';
import { quietPeriodsQuery } from './quiet-periods.js';
import { RowButton } from './row-button.js';

type Open = { what: 'edit' | 'remove'; period: QuietPeriod } | { what: 'add' } | null;

/** Holidays and shutdowns, on which caps for inactivity do not count. */
export function QuietPeriodsSection() {
  const mayWrite = useMe().permissions.includes('workspace:write');
  const { data, error, refetch } = useQuery(quietPeriodsQuery);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Section
      title="Quiet periods"
      note="Holidays and shutdowns: caps for inactivity do not count on these days"
      aside={
        mayWrite ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => setOpen({ what: 'add' })}
          >
            Add a quiet period
          </Button>
        ) : null
      }
    >
      {error ? <LoadFailed title="Quiet periods could not be loaded" error={error} onRetry={refetch} /> : null}
      {data || error ? null : <Skeleton h={60} />}
      {data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet: every day counts alike.
        </Text>
      ) : null}
      {data && data.length > 0 ? <PeriodTable periods={data} mayWrite={mayWrite} onOpen={setOpen} /> : null}
      {open?.what === 'add' ? <QuietPeriodDialog period={null} onClose={close} /> : null}
      {open?.what === 'edit' ? <QuietPeriodDialog period={open.period} onClose={close} /> : null}
      {open?.what === 'remove' ? <RemoveQuietPeriodDialog period={open.period} onClose={close} /> : null}
    </Section>
  );
}

interface PeriodTableProps {
  periods: readonly QuietPeriod[];
  mayWrite: boolean;
  onOpen: (open: Open) => void;
}

function PeriodTable({ periods, mayWrite, onOpen }: PeriodTableProps) {
  const { today } = useMe().workspace;
  return (
    <Table aria-label="Quiet periods" maw={720}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>First day</Table.Th>
          <Table.Th>Last day</Table.Th>
          <Table.Th>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {periods.map((period) => (
          <Table.Tr key={period.id} c={period.toDay < today ? 'dimmed' : undefined}>
            <Table.Td fw={500} style={{ overflowWrap: 'anywhere' }}>
              {period.name}{' '}
              {period.fromDay <= today && today <= period.toDay ? <Badge variant="light">Today</Badge> : null}
            </Table.Td>
            <Table.Td>{formatDay(period.fromDay)}</Table.Td>
            <Table.Td>{formatDay(period.toDay)}</Table.Td>
            <Table.Td ta="right">
              {mayWrite ? (
                <Group gap={4} justify="flex-end" wrap="nowrap">
                  <RowButton
                    label="Change"
                    said={`Change ${period.name}`}
                    opensDialog
                    onClick={() => onOpen({ what: 'edit', period })}
                  />
                  <RowButton
                    label="Remove"
                    said={`Remove ${period.name}`}
                    opensDialog
                    onClick={() => onOpen({ what: 'remove', period })}
                  />
                </Group>
              ) : null}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
