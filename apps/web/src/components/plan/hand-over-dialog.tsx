import { Button, Checkbox, Group, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import type { HandOverMove } from '@steward/shared/hand-over';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { plural } from '../../lib/format.js';
import { Dialog } from '../ui/dialog.js';
import { LoadFailed } from '../ui/load-failed.js';
import { ownersQuery, useHandOver } from './hand-over.js';

const PARTS = [
  { key: 'alerts', one: 'live alert' },
  { key: 'tasks', one: 'open task' },
  { key: 'goals', one: 'running goal' },
  { key: 'deals', one: 'open deal' },
] as const;

interface HandOverDialogProps {
  account: { id: string; name: string };
  role: 'csm' | 'am';
  to: { userId: string; name: string } | null;
  onClose: () => void;
}

/** Gives an account to somebody else: what goes along, and what they should know. */
export function HandOverDialog({ account, role, to, onClose }: HandOverDialogProps) {
  const { data, error, isFetching, refetch } = useQuery(ownersQuery(account.id));
  const handOver = useHandOver(account.id);
  const [move, setMove] = useState<HandOverMove>({ alerts: true, tasks: true, goals: true, deals: true });
  const [note, setNote] = useState('');
  const from = data?.[role] ?? null;
  const parts = data ? PARTS.filter(({ key }) => data.underWay[role][key] > 0) : [];
  const save = () => {
    if (data === undefined || handOver.isPending) return;
    const owner = role === 'csm' ? { csmUserId: to?.userId ?? null } : { amUserId: to?.userId ?? null };
    handOver.mutate(
      { revision: data.revision, ...owner, move, note: note.trim() === '' ? null : note.trim() },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog
      onClose={onClose}
      title={`${role === 'csm' ? 'CSM' : 'Account manager'} of ${account.name}: ${to?.name ?? 'nobody'}`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack gap="sm">
          {error ? <LoadFailed title="It could not be looked up" error={error} onRetry={refetch} /> : null}
          {data === undefined && !error ? <Skeleton h={90} /> : null}
          {data && parts.length > 0 ? (
            <fieldset style={{ margin: 0, padding: 0, border: 0 }}>
              <Text component="legend" size="sm" fw={500} mb={6}>
                What goes along{from ? ` from ${from.name}` : ''}
              </Text>
              <Stack gap={6}>
                {parts.map(({ key, one }) => (
                  <Checkbox
                    key={key}
                    label={plural(data.underWay[role][key], one)}
                    checked={move[key]}
                    onChange={(event) => {
                      const { checked } = event.currentTarget;
                      setMove((now) => ({ ...now, [key]: checked }));
                    }}
                  />
                ))}
              </Stack>
            </fieldset>
          ) : null}
          {data && parts.length === 0 ? (
            <Text size="sm" c="dimmed">
              {from ? `${from.name} has nothing under way here.` : 'Nobody had it, so nothing is under way.'}
            </Text>
          ) : null}
          <Textarea
            label="Hand-over note"
            description={to ? `${to.name} is told, with the note` : 'Stands on the timeline'}
            data-autofocus
            autosize
            minRows={3}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={handOver.isPending} disabled={data === undefined || isFetching}>
              {to ? 'Hand over' : 'Take the owner away'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
