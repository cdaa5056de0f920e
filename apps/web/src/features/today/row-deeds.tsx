import { ActionIcon, Tooltip } from '@mantine/core';
import { IconHeartbeat, IconMessagePlus } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { askTouch } from '../../components/touch/ask-touch.js';
import { useMe } from '../../lib/me.js';
import classes from './today.module.css';

const PulseDialog = lazy(() =>
  import('../../components/judgement/pulse-dialog.js').then((module) => ({ default: module.PulseDialog })),
);

interface RowDeedsProps {
  account: { id: string; name: string };
  /** What else the block offers. */
  children?: ReactNode;
}

/** What each row of Today can be answered with, where it stands. */
export function RowDeeds({ account, children }: RowDeedsProps) {
  const { permissions } = useMe();
  const [pulse, setPulse] = useState(false);
  return (
    <span className={classes.deeds}>
      {permissions.includes('touchpoints:write') ? (
        <Tooltip label="Log a touch (T)">
          <ActionIcon size={26} aria-label={`Log a touch: ${account.name}`} onClick={() => askTouch(account.id)}>
            <IconMessagePlus size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : null}
      {permissions.includes('accounts:edit') ? (
        <Tooltip label="Set the pulse">
          <ActionIcon size={26} aria-label={`Set the pulse: ${account.name}`} onClick={() => setPulse(true)}>
            <IconHeartbeat size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : null}
      {children}
      {pulse ? (
        <Suspense fallback={null}>
          <PulseDialog account={account} onClose={() => setPulse(false)} />
        </Suspense>
      ) : null}
    </span>
  );
}
