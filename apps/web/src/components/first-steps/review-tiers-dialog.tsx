import { Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { describeRule } from '@steward/shared/describe';
import type { publishedTiersSchema } from '@steward/shared/model';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { request } from '../../lib/api.js';
import { useCatalogue } from '../../lib/catalogue.js';
import { useUpdateFirstSteps } from '../../lib/first-steps.js';
import { plural } from '../../lib/format.js';
import { useSegments } from '../../lib/segments.js';
import { Dialog } from '../ui/dialog.js';
import { LoadFailed } from '../ui/load-failed.js';
import { toastError } from '../ui/toast.js';

/** GET /tiers: as they are now. */
const tiersQuery = queryOptions({
  queryKey: ['tiers'],
  queryFn: ({ signal }) => request<z.infer<typeof publishedTiersSchema>>('GET', '/tiers', { signal }),
});

/** Which accounts are in which tier, and what follows from it; whoever has looked says that they fit. */
export function ReviewTiersDialog({ onClose }: { onClose: () => void }) {
  const { data, error, refetch } = useQuery(tiersQuery);
  const catalogue = useCatalogue();
  const segments = useSegments();
  const update = useUpdateFirstSteps();
  const fit = () =>
    update.mutate(
      { tiersReviewed: true },
      { onSuccess: onClose, onError: (failure) => toastError('That could not be kept', failure) },
    );
  return (
    <Dialog onClose={onClose} title="Tiers" size="xl">
      <Stack gap="md">
        <Text size="sm">The first tier whose condition an account meets is its own; the last one takes the rest.</Text>
        {error ? <LoadFailed title="Tiers could not be loaded" error={error} onRetry={refetch} /> : null}
        {data || error ? null : <Skeleton h={180} />}
        {data ? (
          <Table aria-label="Tiers">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Tier</Table.Th>
                <Table.Th>Accounts whose</Table.Th>
                <Table.Th>Touch every</Table.Th>
                <Table.Th>Answer within</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.tiers.map(({ key, label, rule, cadenceDays, responseHours }) => (
                <Table.Tr key={key}>
                  <Table.Td fw={500}>{label}</Table.Td>
                  <Table.Td>{rule === null ? 'All others' : describeRule(rule, catalogue, segments)}</Table.Td>
                  <Table.Td className="tabular">{cadenceDays === null ? '–' : plural(cadenceDays, 'day')}</Table.Td>
                  <Table.Td className="tabular">{plural(responseHours, 'business hour')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" component={Link} to="/tiers/definitions" onClick={onClose}>
            Change them
          </Button>
          <Button variant="default" onClick={onClose}>
            Not yet
          </Button>
          <Button loading={update.isPending} disabled={!data} onClick={fit}>
            They fit
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
