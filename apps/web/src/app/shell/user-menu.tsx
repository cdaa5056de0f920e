import { Avatar, type MantineColorScheme, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconKeyboard, IconListCheck, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useUpdateFirstSteps } from '../../lib/first-steps.js';
import { useMe } from '../../lib/me.js';
import classes from './shell.module.css';
import { useLeave } from './use-leave.js';

const ROLE_NAMES: Record<string, string> = {
  admin: 'Admin',
  manager: 'Manager',
  csm: 'CSM',
  am: 'Account manager',
  viewer: 'Viewer',
};

const SCHEMES = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'Like the system', icon: IconDeviceDesktop },
] as const;

export function UserMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { user, permissions } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = useLeave();
  const steps = useUpdateFirstSteps();
  const navigate = useNavigate();
  return (
    <Menu position="top-start" width={210} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.user} title={`${user.fullName} (${user.email})`}>
          <Avatar size={24} radius="xl" name={user.fullName} color="iris" variant="filled" alt="" />
          <span className={classes.userText}>
            <span className={classes.userName} style={{ display: 'block' }}>
              {user.fullName}
            </span>
            <span className={classes.userRole}>{ROLE_NAMES[user.role]}</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Appearance</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
          {SCHEMES.map((scheme) => (
            <Menu.RadioItem
              key={scheme.value}
              value={scheme.value}
              closeMenuOnClick
              rightSection={<scheme.icon size={15} aria-hidden />}
            >
              {scheme.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        {permissions.includes('workspace:write') ? (
          <Menu.Item
            leftSection={<IconListCheck size={15} aria-hidden />}
            onClick={() =>
              steps.mutate({ hidden: false }, { onSettled: () => void navigate({ to: '/', search: { steps: 'all' } }) })
            }
          >
            First steps
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconKeyboard size={15} aria-hidden />} rightSection="?" onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} aria-hidden />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
