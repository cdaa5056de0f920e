import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconBan,
  IconCopy,
  IconDots,
  IconIndentDecrease,
  IconIndentIncrease,
  IconTrash,
} from '@tabler/icons-react';
import { useBuilder } from './builder-context.js';
import { movesOf } from './draft-moves.js';
import type { RowActions } from './use-row-actions.js';

interface RowMenuProps {
  id: string;
  label: string;
  denied: boolean;
  inPortal: boolean;
  actions: RowActions;
}

const KEYS = { up: 'Alt ↑', down: 'Alt ↓', into: 'Alt →', out: 'Alt ←', remove: 'Alt ⌫' } as const;
const keys = (text: string) => <span aria-hidden>{text}</span>;

/** Everything that can be done with a condition or group, without a mouse too. */
export function RowMenu({ id, label, denied, inPortal, actions }: RowMenuProps) {
  const { root } = useBuilder();
  const may = movesOf(root, id);
  return (
    <Menu position="bottom-end" shadow="md" width={220} withinPortal={inPortal}>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`Change ${label}`} data-menu>
          <IconDots size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconBan size={14} />} onClick={actions.deny}>
          {denied ? 'Without “not”' : 'Not'}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={actions.duplicate}>
          Duplicate
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconArrowUp size={14} />}
          rightSection={keys(KEYS.up)}
          disabled={!may.up}
          onClick={actions.up}
        >
          Move up
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={14} />}
          rightSection={keys(KEYS.down)}
          disabled={!may.down}
          onClick={actions.down}
        >
          Move down
        </Menu.Item>
        <Menu.Item leftSection={<IconIndentIncrease size={14} />} rightSection={keys(KEYS.into)} onClick={actions.into}>
          Into a group
        </Menu.Item>
        <Menu.Item
          leftSection={<IconIndentDecrease size={14} />}
          rightSection={keys(KEYS.out)}
          disabled={!may.out}
          onClick={actions.out}
        >
          Out of the group
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={14} />} rightSection={keys(KEYS.remove)} onClick={actions.remove}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
