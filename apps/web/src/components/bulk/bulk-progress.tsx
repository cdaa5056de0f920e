import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { BulkAction } from '@steward/shared/bulk';
import { hasEnded } from '@steward/shared/bulk-states';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { errorText } from '../../lib/api.js';
import { formatNumber } from '../../lib/format.js';
import { reloadLists } from '../account-grid/reload-lists.js';
import { bulkActionQuery, useCancelBulk, useRefusedFile, useUndoBulk } from './bulk-actions.js';
import { bulkResult, bulkShare } from './bulk-words.js';

/** A result without refusals goes by itself: undo stays at hand for so long. */
const SHOWN_MS = 20_000;

interface BulkProgressProps {
  id: string;
  onUndo: (undo: BulkAction) => void;
  onClose: () => void;
}

/** An action under way: how far it is, then what came of it, what was left alone, and taking it back. */
export function BulkProgress({ id, onUndo, onClose }: BulkProgressProps) {
  const queryClient = useQueryClient();
  const { data: action, error } = useQuery(bulkActionQuery(id));
  const cancel = useCancelBulk();
  const undo = useUndoBulk();
  const file = useRefusedFile();
  const ended = action !== undefined && hasEnded(action.state);
  const computed = action?.computed === true;
  const clean = computed && action.state === 'done' && action.refusals.length === 0;

  // Facts are changed once it has ended; what lists filter and sort by, once it is computed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: lists are loaded at each of the two
  useEffect(() => {
    if (!ended) return;
    reloadLists();
    void queryClient.invalidateQueries({ queryKey: ['accounts'] });
    void queryClient.invalidateQueries({ queryKey: ['account'] });
  }, [ended, computed, queryClient]);
  useEffect(() => {
    if (!clean) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [clean, onClose]);

  if (action === undefined) return <>{error ? errorText(error) : 'Ordered'}</>;
  if (!ended) {
    const { due } = action.counts;
    return (
      <Stack gap={6}>
        <Progress value={bulkShare(action.counts)} size="sm" aria-label="Done so far" />
        <Group justify="space-between" wrap="nowrap">
          <Text size="xs" c="dimmed" className="tabular">
            {action.state === 'cancelling' ? 'Stopping…' : `${formatNumber(due)} to go`}
          </Text>
          {action.undoes === null && action.state !== 'cancelling' ? (
            <Button variant="default" size="compact-xs" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
              Cancel
            </Button>
          ) : null}
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap={6}>
      <span>{bulkResult(action)}</span>
      {computed ? null : (
        <Text size="xs" c="dimmed">
          Lists and scores follow…
        </Text>
      )}
      {action.refusals.map(({ code, reason, accounts }) => (
        <Text key={code} size="xs" c="dimmed">
          {formatNumber(accounts)} × {reason}
        </Text>
      ))}
      {action.mayUndo || action.counts.refused > 0 ? (
        <Group gap="xs">
          {action.mayUndo ? (
            <Button
              variant="default"
              size="compact-xs"
              loading={undo.isPending}
              onClick={() => undo.mutate(id, { onSuccess: onUndo })}
            >
              Undo
            </Button>
          ) : null}
          {action.counts.refused > 0 ? (
            <Button variant="subtle" size="compact-xs" loading={file.isPending} onClick={() => file.mutate(id)}>
              Which were left alone
            </Button>
          ) : null}
        </Group>
      ) : null}
    </Stack>
  );
}
