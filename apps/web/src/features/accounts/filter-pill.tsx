import { Popover, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './filter-pill.module.css';

interface FilterPillProps {
  label: string;
  /** What is chosen, in words; null when nothing is. */
  value: string | null;
  onClear: () => void;
  children: (close: () => void) => ReactNode;
}

/** One filter of the bar: its name, what is chosen, a popover to choose, and a cross to clear. */
export function FilterPill({ label, value, onClear, children }: FilterPillProps) {
  const [opened, { toggle, close, open }] = useDisclosure(false);
  return (
    <span className={classes.pill} data-active={value === null ? undefined : ''}>
      <Popover
        opened={opened}
        onChange={(next) => (next ? open() : close())}
        position="bottom-start"
        shadow="md"
        offset={6}
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <UnstyledButton className={classes.main} onClick={toggle} fz="inherit">
            {value === null ? <IconPlus size={12} aria-hidden /> : null}
            <span>{value === null ? label : `${label}:`}</span>
            {value === null ? null : (
              <span className={classes.value} title={value}>
                {value}
              </span>
            )}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown p="sm" aria-label={`Filter by ${label}`}>
          {children(close)}
        </Popover.Dropdown>
      </Popover>
      {value === null ? null : (
        <UnstyledButton className={classes.clear} onClick={onClear} aria-label={`Clear the filter ${label}`}>
          <IconX size={12} aria-hidden />
        </UnstyledButton>
      )}
    </span>
  );
}
