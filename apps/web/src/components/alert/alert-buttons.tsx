import { ActionIcon, Button, Tooltip } from '@mantine/core';
import type { Alert } from '@steward/shared/alerts';
import {
  IconBell,
  IconCheck,
  IconClock,
  IconFlagCheck,
  IconMessagePlus,
  IconTargetArrow,
  IconUser,
} from '@tabler/icons-react';
import { useMe } from '../../lib/me.js';
import { askStart } from '../goal/ask-start.js';
import { askTouch } from '../touch/ask-touch.js';
import classes from './alert-list.module.css';
import { isLive } from './alert-words.js';
import { type Triage, targetOf } from './use-triage.js';

interface AlertButtonsProps {
  alert: Alert;
  /** Of its account. */
  name: string;
  triage: Triage;
  /** With their words, where there is room. */
  inWords?: boolean;
}

/** What can be done with one alert, in place. */
export function AlertButtons({ alert, name, triage, inWords = false }: AlertButtonsProps) {
  const { permissions } = useMe();
  const mayLog = permissions.includes('touchpoints:write');
  const mayStart = permissions.includes('goals:write');
  if (!isLive(alert)) return null;
  const target = targetOf(name, alert);
  const buttons = [
    alert.state === 'open'
      ? { label: 'Acknowledge', keys: 'E', icon: IconCheck, run: () => triage.acknowledge(target) }
      : null,
    alert.state === 'snoozed'
      ? { label: 'Wake', keys: null, icon: IconBell, run: () => triage.unsnooze(target) }
      : { label: 'Snooze', keys: 'S', icon: IconClock, run: () => triage.ask('snooze', target) },
    { label: 'Resolve', keys: 'R', icon: IconFlagCheck, run: () => triage.ask('resolve', target) },
    { label: 'Assign', keys: 'A', icon: IconUser, run: () => triage.ask('assign', target) },
    mayStart
      ? {
          label: 'Start a playbook',
          keys: 'P',
          icon: IconTargetArrow,
          run: () =>
            askStart({ accountId: alert.accountId, alert: { id: alert.id, playbookId: alert.playbook?.id ?? null } }),
        }
      : null,
    mayLog ? { label: 'Log a touch', keys: 'T', icon: IconMessagePlus, run: () => askTouch(alert.accountId) } : null,
  ].filter((button) => button !== null);
  return (
    <span className={inWords ? classes.wordButtons : classes.buttons}>
      {buttons.map(({ label, keys, icon: Icon, run }) => (
        <Tooltip key={label} label={keys === null ? label : `${label} (${keys})`}>
          {inWords ? (
            <Button
              variant="default"
              size="compact-xs"
              leftSection={<Icon size={13} aria-hidden />}
              aria-label={`${label}: ${name}`}
              onClick={run}
            >
              {label}
            </Button>
          ) : (
            <ActionIcon size={26} aria-label={`${label}: ${name}`} onClick={run}>
              <Icon size={15} aria-hidden />
            </ActionIcon>
          )}
        </Tooltip>
      ))}
    </span>
  );
}
