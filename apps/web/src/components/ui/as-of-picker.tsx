import '@mantine/dates/styles.css';
import { Button, Popover, Stack, Text } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendar } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { CALENDAR } from './calendar.js';

/** The day that everything on the page is as of; it stays in the address from page to page. */
export function AsOfPicker() {
  const { workspace } = useMe();
  const { asOf } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [opened, { close, toggle }] = useDisclosure(false);
  const go = (day: string | null) => {
    close();
    const next = day === null || day === workspace.today ? undefined : day;
    void navigate({ to: '.', search: (search) => ({ ...search, asOf: next }) });
  };
  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && close()}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconCalendar size={14} aria-hidden />}
          onClick={toggle}
          aria-label={`As of ${asOf ? formatDay(asOf) : 'today'}: choose a day`}
        >
          {asOf ? formatDay(asOf) : 'Today'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            See everything as it stood on a day
          </Text>
          <DatePicker
            {...CALENDAR}
            value={asOf ?? workspace.today}
            defaultDate={asOf ?? workspace.today}
            maxDate={workspace.today}
            onChange={(day) => go(day)}
          />
          <Button variant="light" onClick={() => go(null)}>
            Today, {formatDay(workspace.today)}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
