import { Alert, Button, Group, Menu, Stack, TextInput } from '@mantine/core';
import type { ProfileEntry } from '@steward/shared/model-versions';
import { IconArrowDown, IconArrowUp, IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { Dialog } from '../../../components/ui/dialog.js';
import { ItemMenu } from '../../../components/ui/item-menu.js';
import { toast, toastError } from '../../../components/ui/toast.js';
import { useRestsOn } from '../../../components/ui/use-rests-on.js';
import { errorText } from '../../../lib/api.js';
import { useDeleteProfile, useUpdateProfile } from '../change-profiles.js';

interface ProfileMenuProps {
  profile: ProfileEntry;
  /** Earlier or later among those that are tried, null at that end; null where the order does not show. */
  onMove: { earlier: (() => void) | null; later: (() => void) | null } | null;
}

/** What may be done with a profile beside writing it. The default one is always there, always on, always last. */
export function ProfileMenu({ profile, onMove }: ProfileMenuProps) {
  const [renaming, setRenaming] = useState(false);
  const update = useUpdateProfile(profile);
  const remove = useDeleteProfile(profile);
  const { name, isDefault, active } = profile;
  const turn = () =>
    update.mutate(
      { active: !active },
      {
        onSuccess: () => toast(active ? `${name} is off: it scores nobody` : `${name} is on again`),
        onError: (error) => toastError(`${name} was not switched`, error),
      },
    );
  return (
    <>
      <ItemMenu
        name={name}
        edit={null}
        onCopy={null}
        remove={
          isDefault
            ? null
            : {
                run: (onGone) =>
                  remove.mutate(undefined, {
                    onSuccess: onGone,
                    onError: (error) => toastError('It was not deleted', error),
                  }),
                isPending: remove.isPending,
                follows:
                  'Its accounts are scored by the profiles after it, from today on. Scores that it made stay and can still be explained. To keep it for later, switch it off instead.',
              }
        }
      >
        <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setRenaming(true)}>
          Rename…
        </Menu.Item>
        {isDefault || onMove === null ? null : (
          <>
            <Menu.Item
              leftSection={<IconArrowUp size={14} aria-hidden />}
              disabled={onMove.earlier === null}
              onClick={() => onMove.earlier?.()}
            >
              Try earlier
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown size={14} aria-hidden />}
              disabled={onMove.later === null}
              onClick={() => onMove.later?.()}
            >
              Try later
            </Menu.Item>
          </>
        )}
        {isDefault ? null : (
          <Menu.Item
            leftSection={active ? <IconPlayerPause size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />}
            onClick={turn}
          >
            {active ? 'Switch off' : 'Switch on'}
          </Menu.Item>
        )}
      </ItemMenu>
      {renaming ? <RenameDialog profile={profile} onClose={() => setRenaming(false)} /> : null}
    </>
  );
}

function RenameDialog({ profile, onClose }: { profile: ProfileEntry; onClose: () => void }) {
  const [name, setName] = useState(profile.name);
  const update = useUpdateProfile(useRestsOn(profile, (of) => of.name).on);
  return (
    <Dialog onClose={onClose} title={`Rename ${profile.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') update.mutate({ name: name.trim() }, { onSuccess: onClose });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            required
            data-autofocus
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {update.error ? (
            <Alert color="red" variant="light" role="alert" p="xs" title="It was not renamed">
              {errorText(update.error)}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={update.isPending}>
              Rename
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
