import { ActionIcon, Menu } from '@mantine/core';
import type { Playbook } from '@steward/shared/playbooks';
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AskDialog } from '../../../components/ui/ask-dialog.js';
import { toast } from '../../../components/ui/toast.js';
import { plural } from '../../../lib/format.js';
import { useCopyPlaybook, useRemovePlaybook } from './change-playbooks.js';

/** What may be done with a playbook; a ready-made one is switched off rather than deleted. */
export function PlaybookMenu({ playbook }: { playbook: Playbook }) {
  const { id, key, definition, goals } = playbook;
  const [removing, setRemoving] = useState(false);
  const copy = useCopyPlaybook();
  const remove = useRemovePlaybook();
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={180}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${definition.name}`}>
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/goals/playbooks/${id}`} leftSection={<IconPencil size={14} aria-hidden />}>
            Edit
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={() => copy.mutate(playbook)}>
            Copy
          </Menu.Item>
          {key === null ? (
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
          title={`Delete “${definition.name}”?`}
          yes="Delete"
          typed={definition.name}
          isPending={remove.isPending}
          onYes={() =>
            remove.mutate(playbook, {
              onSuccess: () => {
                toast(`“${definition.name}” is deleted`);
                setRemoving(false);
              },
            })
          }
          onClose={() => setRemoving(false)}
        >
          It starts no more goals, and nothing brings it back.
          {goals.live > 0 ? ` ${plural(goals.live, 'goal')} of it run on by what it says now.` : ''} To keep it for
          later, switch it off instead.
        </AskDialog>
      ) : null}
    </>
  );
}
