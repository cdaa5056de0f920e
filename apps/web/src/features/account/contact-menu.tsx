import { ActionIcon, Menu } from '@mantine/core';
import { ERASED_CONTACT } from '@steward/shared/contacts';
import { IconDots, IconDownload, IconEraser } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AskDialog } from '../../components/ui/ask-dialog.js';
import { toast, toastError } from '../../components/ui/toast.js';
import { download, request } from '../../lib/api.js';
import { useMutation } from '../../lib/mutation.js';
import { refreshAccount } from '../../lib/refresh-account.js';

interface ContactMenuProps {
  accountId: string;
  contact: { id: string; name: string };
}

/** What a contact may ask for: a file of all that is known of them, and to be forgotten. */
export function ContactMenu({ accountId, contact: { id, name } }: ContactMenuProps) {
  const [erasing, setErasing] = useState(false);
  const queryClient = useQueryClient();
  const path = `/contacts/${accountId}/${id}`;
  const file = useMutation({
    mutationFn: () => download('GET', `${path}/export`, 'contact.json'),
    onError: (error) => toastError('The file could not be made', error),
  });
  const erase = useMutation({
    mutationFn: () => request<void>('DELETE', path),
    onSuccess: () => {
      setErasing(false);
      toast(`${name} is erased`);
      return refreshAccount(queryClient, accountId);
    },
    onError: (error) => toastError(`${name} could not be erased`, error),
  });
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${name}`} loading={file.isPending}>
            <IconDots size={15} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={14} aria-hidden />} onClick={() => file.mutate()}>
            Export all that is known
          </Menu.Item>
          {name === ERASED_CONTACT ? null : (
            <Menu.Item leftSection={<IconEraser size={14} aria-hidden />} onClick={() => setErasing(true)}>
              Erase…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {erasing ? (
        <AskDialog
          title={`Erase ${name}?`}
          yes="Erase"
          typed={name}
          isPending={erase.isPending}
          onYes={() => erase.mutate()}
          onClose={() => setErasing(false)}
        >
          Name, address, title, attributes, survey comments and what events carry are taken away for good. Days of use,
          tickets and answers stay as those of an “{ERASED_CONTACT}”, so that no score moves. What people wrote in notes
          and touches stays as they wrote it, and whom a source goes on to send comes back: stop it there first.
        </AskDialog>
      ) : null}
    </>
  );
}
