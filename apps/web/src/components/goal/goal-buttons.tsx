import { Button, Menu } from '@mantine/core';
import type { Goal } from '@steward/shared/goals';
import { IconArrowBackUp, IconChevronDown, IconFlagCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDay } from '../../lib/days.js';
import { type GoalDeed, useActOnGoal } from './act-on-goal.js';
import { EndGoalDialog } from './end-goal-dialog.js';
import { isLive } from './goal-words.js';
import { ExtendGoalDialog, MoveGoalDialog } from './move-goal-dialog.js';
import { PersonDialog } from './person-dialog.js';

type Asked = 'achieve' | 'cancel' | 'extend' | 'move' | 'assign';

interface GoalButtonsProps {
  goal: Goal;
  mayUndo: boolean;
}

/** What a person may do with a goal; each can be taken back. */
export function GoalButtons({ goal, mayUndo }: GoalButtonsProps) {
  const act = useActOnGoal();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const run = (deed: GoalDeed, done: string) =>
    act.mutate({ goal, deed, said: `${goal.name}: ${done}` }, { onSettled: close });
  const live = isLive(goal);
  const mayEnd = live || goal.status === 'missed';
  const dialog = { goal, isPending: act.isPending, onClose: close };
  return (
    <>
      <Button.Group>
        {mayEnd ? (
          <Button
            variant="default"
            leftSection={<IconFlagCheck size={14} aria-hidden />}
            onClick={() => setAsked('achieve')}
          >
            Mark as achieved
          </Button>
        ) : (
          <Button variant="default" loading={act.isPending} onClick={() => run({ action: 'reopen' }, 'live again')}>
            Reopen
          </Button>
        )}
        <Menu position="bottom-start" shadow="md">
          <Menu.Target>
            <Button variant="default" px={8} aria-label={`More for ${goal.name}`}>
              <IconChevronDown size={13} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {mayEnd ? <Menu.Item onClick={() => setAsked('extend')}>Give it more time…</Menu.Item> : null}
            {live ? <Menu.Item onClick={() => setAsked('move')}>Move the start…</Menu.Item> : null}
            {live ? <Menu.Item onClick={() => setAsked('assign')}>Change the owner…</Menu.Item> : null}
            {mayEnd ? <Menu.Item onClick={() => setAsked('cancel')}>Cancel the goal…</Menu.Item> : null}
            {goal.status === 'missed' ? (
              <Menu.Item onClick={() => run({ action: 'reopen' }, 'live again')}>Reopen</Menu.Item>
            ) : null}
            <Menu.Item
              disabled={!mayUndo}
              leftSection={<IconArrowBackUp size={14} aria-hidden />}
              onClick={() => run({ action: 'undo' }, 'the last change is taken back')}
            >
              Undo the last change
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
      {asked === 'achieve' || asked === 'cancel' ? (
        <EndGoalDialog
          {...dialog}
          action={asked}
          onEnd={(end) => run(end, end.action === 'achieve' ? 'achieved' : 'cancelled')}
        />
      ) : null}
      {asked === 'extend' ? (
        <ExtendGoalDialog
          {...dialog}
          onExtend={(dueDay) => run({ action: 'extend', dueDay }, `due on ${formatDay(dueDay)}`)}
        />
      ) : null}
      {asked === 'move' ? (
        <MoveGoalDialog
          {...dialog}
          onMove={(startDay, moveTasks) =>
            run({ action: 'move', startDay, moveTasks }, `starts on ${formatDay(startDay)}`)
          }
        />
      ) : null}
      {asked === 'assign' ? (
        <PersonDialog
          title={`Owner: ${goal.name}`}
          accountId={goal.accountId}
          yes="Change the owner"
          current={goal.owner?.userId ?? null}
          isPending={act.isPending}
          onClose={close}
          onChoose={(ownerUserId, name) =>
            run({ action: 'assign', ownerUserId }, ownerUserId === null ? 'without an owner' : `given to ${name}`)
          }
        />
      ) : null}
    </>
  );
}
