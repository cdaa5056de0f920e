import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Dialog } from './dialog.js';

interface AskDialogProps {
  title: string;
  /** What follows from it. */
  children: ReactNode;
  /** The words of the button that does it, and of the one that does not. */
  yes: string;
  no?: string;
  /** Has to be typed first: for what no undo brings back. */
  typed?: string;
  isPending: boolean;
  onYes: () => void;
  onClose: () => void;
}

/** Asks before something is taken away for good. */
export function AskDialog(props: AskDialogProps) {
  const { title, children, yes, no = 'Keep it', typed, isPending, onYes, onClose } = props;
  const [text, setText] = useState('');
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack gap="sm">
        <Text size="sm">{children}</Text>
        {typed === undefined ? null : (
          <TextInput
            label={`Type “${typed}” to go on`}
            data-autofocus
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {no}
          </Button>
          <Button
            color="red"
            loading={isPending}
            disabled={typed !== undefined && text.trim() !== typed.trim()}
            onClick={onYes}
          >
            {yes}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
