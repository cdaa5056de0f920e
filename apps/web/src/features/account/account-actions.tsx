import { Button, Kbd, Menu } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import { IconChevronDown, IconHeartbeat, IconMessagePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { askStart } from '../../components/goal/ask-start.js';
import { PulseDialog } from '../../components/judgement/pulse-dialog.js';
import { ChurnDialog } from '../../components/leaving/churn-dialog.js';
import { LeavingItems } from '../../components/leaving/leaving-items.js';
import { NoticeDialog } from '../../components/leaving/notice-dialog.js';
import { askTouch } from '../../components/touch/ask-touch.js';
import { useMe } from '../../lib/me.js';
import { OverrideDialog } from './override-dialog.js';

/** What a person may judge by hand on an account; gone when the page shows the past. */
export function AccountActions({ account }: { account: AccountDetail }) {
  const [open, setOpen] = useState<'pulse' | 'tier' | 'stage' | 'notice' | 'churn' | null>(null);
  const close = () => setOpen(null);
  const { permissions } = useMe();
  const mayLog = permissions.includes('touchpoints:write');
  return (
    <>
      {mayLog ? (
        <Button
          variant="default"
          leftSection={<IconMessagePlus size={14} aria-hidden />}
          aria-keyshortcuts="T"
          onClick={() => askTouch(account.id)}
        >
          Log a touch
        </Button>
      ) : null}
      <Button variant="default" leftSection={<IconHeartbeat size={14} aria-hidden />} onClick={() => setOpen('pulse')}>
        Pulse
      </Button>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={13} aria-hidden />}>
            Change
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {permissions.includes('goals:write') ? (
            <Menu.Item
              rightSection={<Kbd size="xs">P</Kbd>}
              onClick={() => askStart({ accountId: account.id, alert: null })}
            >
              Start a playbook…
            </Menu.Item>
          ) : null}
          <Menu.Item onClick={() => setOpen('tier')}>Set the tier by hand…</Menu.Item>
          <Menu.Item onClick={() => setOpen('stage')}>Move to a stage…</Menu.Item>
          {permissions.includes('renewals:write') ? <LeavingItems account={account} onAsk={setOpen} /> : null}
        </Menu.Dropdown>
      </Menu>
      {open === 'pulse' ? <PulseDialog account={account} onClose={close} /> : null}
      {open === 'notice' ? <NoticeDialog account={account} onClose={close} /> : null}
      {open === 'churn' ? <ChurnDialog account={account} onClose={close} /> : null}
      {open === 'tier' || open === 'stage' ? <OverrideDialog account={account} what={open} onClose={close} /> : null}
    </>
  );
}
