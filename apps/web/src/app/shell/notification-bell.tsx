import { Button, Group, Indicator, Popover, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Notification } from '@steward/shared/notifications';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import frame from '../../components/ui/frame.module.css';
import { errorText } from '../../lib/api.js';
import { ago, formatInstant } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { notificationsQuery, useReadNotifications } from '../../lib/notifications.js';
import classes from './notification-bell.module.css';

/** More than this is "99+": by then the exact number says nothing. */
const MOST_SHOWN = 99;

export function NotificationBell() {
  const [opened, panel] = useDisclosure(false);
  const { data, error } = useQuery(notificationsQuery);
  const read = useReadNotifications();
  const unread = data?.unread ?? 0;
  const label = unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`;
  return (
    <Popover opened={opened} onChange={panel.toggle} position="right-end" width={360} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.bell} onClick={panel.toggle} aria-label={label} title={label}>
          <Indicator disabled={unread === 0} size={7} offset={2} color="red">
            <IconBell size={16} stroke={1.7} aria-hidden />
          </Indicator>
          <span className={classes.label}>Notifications</span>
          {unread > 0 ? (
            <span className={classes.count} aria-hidden>
              {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
            </span>
          ) : null}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Notifications">
        <Group justify="space-between" className={classes.head}>
          <Text component="h2" size="sm" fw={600} m={0}>
            Notifications
          </Text>
          <Button variant="subtle" size="compact-xs" disabled={unread === 0} onClick={() => read.mutate(null)}>
            Mark all as read
          </Button>
        </Group>
        <ScrollArea.Autosize mah={420} type="auto">
          {error ? (
            <Text size="sm" p="sm" role="alert">
              {errorText(error)}
            </Text>
          ) : null}
          {data?.notifications.length === 0 ? (
            <Text size="sm" c="dimmed" p="sm">
              Nothing yet. Alerts on your accounts are told here.
            </Text>
          ) : null}
          <ul className={classes.list}>
            {data?.notifications.map((each) => (
              <Item
                key={each.id}
                notification={each}
                onOpen={() => {
                  if (each.readAt === null) read.mutate([each.id]);
                  panel.close();
                }}
              />
            ))}
          </ul>
        </ScrollArea.Autosize>
        <div className={classes.foot}>
          <Link to="/settings/notifications" onClick={panel.close}>
            What reaches you
          </Link>
          {data && data.unread > data.notifications.length ? (
            <Text size="xs" c="dimmed">
              {plural(data.unread, 'unread notification')} in all
            </Text>
          ) : null}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What is about no account: its name, and where it leads. */
const ABOUT = {
  rules: { name: 'Alert rules', note: 'waits for you', to: '/alerts/rules' },
  standIn: { name: 'Stand-in', note: null, to: '/' },
} as const;

function Item({ notification, onOpen }: { notification: Notification; onOpen: () => void }) {
  const { timeZone } = useMe().workspace;
  const { accountId, accountName, alertId, news, severity, text, at, readAt } = notification;
  const beside = news === 'standIn' ? ABOUT.standIn : ABOUT.rules;
  return (
    <li>
      <Link
        {...(accountId === null ? { to: beside.to } : { to: '/accounts/$accountId', params: { accountId } })}
        className={classes.item}
        data-unread={readAt === null || undefined}
        onClick={onOpen}
      >
        <span className={classes.top}>
          <strong className={classes.name}>{accountName ?? beside.name}</strong>
          <span className={classes.small}>{accountId === null ? beside.note : alertId === null ? null : severity}</span>
          <span className={classes.small} title={formatInstant(at, timeZone)}>
            {ago(at, Date.now())}
          </span>
        </span>
        <span className={classes.text}>
          {readAt === null ? <span className={frame.said}>Unread: </span> : null}
          {text}
        </span>
      </Link>
    </li>
  );
}
