import { Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../components/ui/dialog.js';
import { useUnsaved } from '../../components/ui/use-unsaved.js';

interface SaveViewDialogProps {
  title: string;
  name: string;
  isShared: boolean;
  /** Viewers keep views for themselves. */
  mayShare: boolean;
  isPending: boolean;
  onSave: (name: string, visibility: 'private' | 'shared') => void;
  onClose: () => void;
}

/** The name of a view, and who has it. */
export function SaveViewDialog(props: SaveViewDialogProps) {
  const { title, mayShare, isPending, onSave, onClose } = props;
  const [name, setName] = useState(props.name);
  const [isShared, setShared] = useState(props.isShared);
  const { isDirty } = useUnsaved({ name, isShared });
  return (
    <Dialog isDirty={isDirty} onClose={onClose} title={title}>
      <Stack
        component="form"
        gap="sm"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(name.trim(), isShared ? 'shared' : 'private');
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {mayShare ? (
          <Switch
            label="Shared with everybody"
            description="Each sees the accounts of their own book in it"
            checked={isShared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
