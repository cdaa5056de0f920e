import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AskDialog } from '../../../components/ui/ask-dialog.js';
import { toast } from '../../../components/ui/toast.js';
import { useCopyRule, useRemoveRule } from './change-rules.js';
import type { ListedRule } from './get-rules.js';

/** What may be done with a rule; a built-in one is switched off rather than deleted. */
export function RuleMenu({ rule }: { rule: ListedRule }) {
  const [removing, setRemoving] = useState(false);
  const copy = useCopyRule();
  const remove = useRemoveRule();
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={180}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${rule.name}`}>
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            to={`/alerts/rules/${rule.id}`}
            leftSection={<IconPencil size={14} aria-hidden />}
          >
            Edit
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => copy.mutate(rule)}>
            Copy
          </Menu.Item>
          {rule.key === null ? (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setRemoving(true)}>
                Delete…
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {removing ? (
        <AskDialog
          title={`Delete “${rule.name}”?`}
          yes="Delete"
          typed={rule.name}
          isPending={remove.isPending}
          onYes={() =>
            remove.mutate(rule.id, {
              onSuccess: () => {
                toast(`“${rule.name}” is deleted`);
                setRemoving(false);
              },
            })
          }
          onClose={() => setRemoving(false)}
        >
          Its live alerts end, and its versions and quality figures are gone. Nothing brings them back. To keep those,
          switch it off instead.
        </AskDialog>
      ) : null}
    </>
  );
}
