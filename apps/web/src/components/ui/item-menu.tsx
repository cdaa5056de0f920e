import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { AskDialog } from './ask-dialog.js';
import { toast } from './toast.js';

interface ItemMenuProps {
  name: string;
  /** Where it is edited; null for those who may not. */
  edit: string | null;
  /** Null for what there is one of each. */
  onCopy: (() => void) | null;
  /** What else may be done with it. */
  children?: ReactNode;
  /** Takes it away for good, and says when that is done; null where it stays. */
  remove: { run: (onGone: () => void) => void; isPending: boolean; follows: ReactNode } | null;
}

/** What may be done with something that people define: edit, copy, and delete once its name was typed. */
export function ItemMenu({ name, edit, onCopy, children, remove }: ItemMenuProps) {
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={200}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${name}`}>
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {edit === null ? null : (
            <Menu.Item component={Link} to={edit} leftSection={<IconPencil size={14} aria-hidden />}>
              Edit
            </Menu.Item>
          )}
          {onCopy === null ? null : (
            <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={onCopy}>
              Copy
            </Menu.Item>
          )}
          {children}
          {remove === null ? null : (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setRemoving(true)}>
                Delete…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {removing && remove !== null ? (
        <AskDialog
          title={`Delete “${name}”?`}
          yes="Delete"
          typed={name}
          isPending={remove.isPending}
          onYes={() =>
            remove.run(() => {
              toast(`“${name}” is deleted`);
              setRemoving(false);
            })
          }
          onClose={() => setRemoving(false)}
        >
          {remove.follows}
        </AskDialog>
      ) : null}
    </>
  );
}
