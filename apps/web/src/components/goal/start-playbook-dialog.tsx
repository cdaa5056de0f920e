import { Alert, Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import type { IsoDay } from '@steward/shared/common';
import { START_REFUSAL_WORDS } from '@steward/shared/playbooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { accountDetailQuery } from '../../lib/account-detail.js';
import { errorText } from '../../lib/api.js';
import { addDays } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { useAssignees } from '../task/use-assignees.js';
import { DayInput } from '../ui/day-input.js';
import { Dialog } from '../ui/dialog.js';
import { playbooksQuery } from './get-goals.js';
import { offeredPlaybooks } from './offered-playbooks.js';
import { PlannedGoalView } from './planned-goal.js';
import { plannedQuery, useStartPlaybook } from './start-playbook.js';

interface StartPlaybookDialogProps {
  accountId: string;
  /** The alert that it is started from; its rule may offer a playbook. */
  alert?: { id: string; playbookId: string | null } | null;
  onClose: () => void;
}

const BY_ROLE = 'by-role';
/** As far as the server lets a start lie before and after today. */
const EARLIEST_DAYS = -30;
const LATEST_DAYS = 365;

/** Chooses a playbook, its start and its owner, and shows what it would make of the account before anything is made. */
export function StartPlaybookDialog({ accountId, alert = null, onClose }: StartPlaybookDialogProps) {
  const { today } = useMe().workspace;
  const people = useAssignees(accountId);
  const { data: detail } = useQuery(accountDetailQuery(accountId, undefined));
  const account = { id: accountId, name: detail?.name ?? 'the account' };
  const { data: playbooks, error } = useQuery(playbooksQuery);
  const groups = offeredPlaybooks(playbooks ?? [], alert?.playbookId ?? null);
  const offered = playbooks?.find((each) => each.enabled && each.id === alert?.playbookId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [startDay, setStartDay] = useState<IsoDay | null>(today);
  const [owner, setOwner] = useState<string>(BY_ROLE);
  const id = chosen ?? offered?.id ?? null;
  const playbook = playbooks?.find((each) => each.id === id) ?? null;
  const planned = useQuery(plannedQuery(playbook, account.id, startDay));
  const start = useStartPlaybook(account);
  const refusal = planned.data?.refusal ?? null;
  const isKnown = playbook !== null && planned.data !== undefined && !planned.isPlaceholderData;
  return (
    <Dialog onClose={onClose} size={640} title={detail ? `Start a playbook: ${detail.name}` : 'Start a playbook'}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (playbook === null || refusal !== null) return;
          start.mutate(
            {
              playbookId: playbook.id,
              startDay,
              dueDay: null,
              ownerUserId: owner === BY_ROLE ? null : owner,
              alertId: alert?.id ?? null,
            },
            { onSuccess: onClose },
          );
        }}
      >
        <Stack gap="sm">
          {error ? <Alert color="red">{errorText(error)}</Alert> : null}
          {playbooks && groups.length === 0 ? (
            <Text size="sm">
              No playbook is switched on. <Link to="/goals/playbooks">See the playbooks</Link>
            </Text>
          ) : null}
          <Select
            label="Playbook"
            required
            searchable
            data-autofocus
            placeholder="Choose a playbook"
            maxDropdownHeight={320}
            data={groups}
            value={id}
            onChange={setChosen}
          />
          <Group gap="sm" align="flex-start" grow>
            <DayInput
              label="Start"
              required
              min={addDays(today, EARLIEST_DAYS)}
              max={addDays(today, LATEST_DAYS)}
              value={startDay}
              onChange={setStartDay}
            />
            <Select
              label="Owner"
              searchable
              data={[{ value: BY_ROLE, label: 'As the playbook says' }, ...people]}
              value={owner}
              onChange={(next) => setOwner(next ?? BY_ROLE)}
            />
          </Group>
          {playbook?.definition.purpose ? (
            <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-line' }}>
              {playbook.definition.purpose}
            </Text>
          ) : null}
          {playbook !== null && planned.isPending ? <Skeleton h={140} /> : null}
          {planned.error ? (
            <Text size="sm" role="alert">
              What it would make could not be worked out. {errorText(planned.error)}
            </Text>
          ) : null}
          {playbook !== null && planned.data ? <PlannedGoalView planned={planned.data} /> : null}
          {start.error ? (
            <Alert color="red" variant="light" role="alert" p="xs" title="It was not started">
              {errorText(start.error)}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={start.isPending}
              disabled={!isKnown || startDay === null || refusal !== null}
              title={refusal === null ? undefined : START_REFUSAL_WORDS[refusal.code]}
            >
              Start
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
