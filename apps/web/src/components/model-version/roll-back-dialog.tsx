import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import type { VersionEntry } from '@steward/shared/model-versions';
import { type ReactNode, useState } from 'react';
import { errorText } from '../../lib/api.js';
import { Dialog } from '../ui/dialog.js';
import { toast } from '../ui/toast.js';
import { Differences } from './differences.js';
import { type ModelPart, useRollBack } from './model-part.js';

interface RollBackDialogProps {
  part: ModelPart;
  to: VersionEntry;
  current: VersionEntry;
  after: string;
  onClose: () => void;
  onDone?: (() => void) | undefined;
  /** What follows for accounts. */
  children?: ReactNode;
}

/** What an older version says otherwise than the present one; then it applies again, as a new version. */
export function RollBackDialog({ part, to, current, after, onClose, onDone, children }: RollBackDialogProps) {
  const [note, setNote] = useState('');
  const rollBack = useRollBack(part);
  return (
    <Dialog onClose={onClose} title={`Go back to version ${to.version}`} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rollBack.mutate(
            { version: to.version, published: current.version, note: note.trim() === '' ? null : note.trim() },
            {
              onSuccess: ({ version }) => {
                onClose();
                toast(`Version ${version} of ${part.name} says what version ${to.version} said. ${after}`);
                onDone?.();
              },
            },
          );
        }}
      >
        <Stack gap="sm">
          <Text size="sm">
            What it said applies again from today on, as a new version. A draft stays as it is. This is what changes:
          </Text>
          <Differences part={part} from={current.version} to={to.version} />
          {children}
          <Textarea
            label="Why"
            data-autofocus
            autosize
            minRows={2}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {rollBack.error ? (
            <Alert variant="light" color="red" role="alert" p="xs" title="It was not published">
              {errorText(rollBack.error)}
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Stay with version {current.version}
            </Button>
            <Button type="submit" loading={rollBack.isPending}>
              Go back to version {to.version}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
