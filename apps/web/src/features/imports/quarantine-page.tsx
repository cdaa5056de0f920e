import { Button, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import { factKindInfo } from '@steward/shared/fact-kinds';
import type { QuarantineList } from '@steward/shared/intake';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AskDialog } from '../../components/ui/ask-dialog.js';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { ApiError } from '../../lib/api.js';
import { ago, formatInstant } from '../../lib/days.js';
import { formatNumber, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { quarantineQuery, useDiscardQuarantined, useRetryQuarantine } from './quarantine.js';

type WaitingGroup = QuarantineList['groups'][number];

/** Facts whose account is not known: what waits, another try, and letting go of what will never fit. */
export function QuarantinePage() {
  const { data, error, refetch } = useQuery(quarantineQuery);
  const retry = useRetryQuarantine();
  const [discarding, setDiscarding] = useState<WaitingGroup | null>(null);
  const forbidden = error instanceof ApiError && error.status === 403;
  return (
    <Section
      title="Quarantine"
      note="Facts of accounts that are not known, applied as soon as their account arrives; and facts that waited and that their account refuses"
      aside={
        data && data.length > 0 ? (
          <Button
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={retry.isPending}
            onClick={() => retry.mutate()}
          >
            Look again
          </Button>
        ) : null
      }
    >
      {error ? (
        forbidden ? (
          <EmptyState role="alert" title="The quarantine is open to admins" text="Ask an admin of the workspace." />
        ) : (
          <LoadFailed title="The quarantine could not be loaded" error={error} onRetry={refetch} />
        )
      ) : null}
      {data || error ? null : <Skeleton h={160} />}
      {data?.length === 0 ? <EmptyState title="Nothing waits" text="Every fact has found its account." /> : null}
      {data && data.length > 0 ? <QuarantineTable groups={data} onDiscard={setDiscarding} /> : null}
      {discarding ? <DiscardDialog group={discarding} onClose={() => setDiscarding(null)} /> : null}
    </Section>
  );
}

function QuarantineTable({
  groups,
  onDiscard,
}: {
  groups: readonly WaitingGroup[];
  onDiscard: (group: WaitingGroup) => void;
}) {
  const { timeZone } = useMe().workspace;
  return (
    <Table aria-label="Quarantine">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Account as named</Table.Th>
          <Table.Th>Facts</Table.Th>
          <Table.Th ta="right">Waiting</Table.Th>
          <Table.Th>Oldest</Table.Th>
          <Table.Th>Newest</Table.Th>
          <Table.Th>Why</Table.Th>
          <Table.Th>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {groups.map((group) => (
          <Table.Tr key={`${group.via} ${group.accountExternalId} ${group.factKind}`}>
            <Table.Td fw={500}>
              {group.accountExternalId}
              {group.via === 'subscription' ? ' (a subscription)' : ''}
            </Table.Td>
            <Table.Td>{factKindInfo(group.factKind).plural}</Table.Td>
            <Table.Td ta="right" className="tabular">
              {formatNumber(group.facts)}
            </Table.Td>
            <Table.Td title={formatInstant(group.oldest, timeZone)}>{ago(group.oldest, Date.now())}</Table.Td>
            <Table.Td title={formatInstant(group.newest, timeZone)}>{ago(group.newest, Date.now())}</Table.Td>
            <Table.Td>{whyOf(group)}</Table.Td>
            <Table.Td ta="right">
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                aria-label={`Discard the ${factKindInfo(group.factKind).plural.toLowerCase()} of ${group.accountExternalId}`}
                onClick={() => onDiscard(group)}
              >
                Discard
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function whyOf({ facts, refused, problem }: WaitingGroup): string {
  if (refused === 0 || problem === null) return 'Its account is not known.';
  return refused === facts ? problem : `${plural(refused, 'fact')}: ${problem}`;
}

function DiscardDialog({ group, onClose }: { group: WaitingGroup; onClose: () => void }) {
  const discard = useDiscardQuarantined();
  const { accountExternalId, factKind, facts } = group;
  return (
    <AskDialog
      title={`Discard the facts of “${accountExternalId}”?`}
      yes="Discard"
      no="Keep"
      isPending={discard.isPending}
      onYes={() => discard.mutate({ accountExternalId, factKind }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {plural(facts, 'waiting fact')} will be gone and must be delivered again if the account comes after all.
    </AskDialog>
  );
}
