import { Button, Group, Modal, type ModalProps, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useReturnFocus } from './use-return-focus.js';

/** The second click of a double click on what opens a dialog lands beside it, and is not meant for it. */
const DOUBLE_CLICK_MS = 500;

interface DialogProps extends Omit<ModalProps, 'opened'> {
  /** What is written in it is not saved: Escape, a click beside it and its cross ask before it is lost. */
  isDirty?: () => boolean;
}

/** A dialog that stands as long as it is drawn; afterwards the focus is where it was before. */
export function Dialog({ isDirty, onClose, closeOnClickOutside, closeOnEscape, ...props }: DialogProps) {
  useReturnFocus();
  const isOpening = useIsOpening();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Modal
        opened
        onClose={() => (isDirty?.() ? setAsking(true) : onClose())}
        closeOnClickOutside={closeOnClickOutside !== false && !isOpening}
        closeOnEscape={closeOnEscape !== false && !isAsking}
        {...props}
      />
      {isAsking ? <LeaveDialog onStay={() => setAsking(false)} onLeave={onClose} /> : null}
    </>
  );
}

function useIsOpening(): boolean {
  const [isOpening, setOpening] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setOpening(false), DOUBLE_CLICK_MS);
    return () => clearTimeout(timer);
  }, []);
  return isOpening;
}

interface LeaveDialogProps {
  /** What else whoever leaves should know. */
  note?: ReactNode;
  onStay: () => void;
  onLeave: () => void;
}

/** Asks before what was written is left without being saved. */
export function LeaveDialog({ note, onStay, onLeave }: LeaveDialogProps) {
  return (
    <Dialog onClose={onStay} title="Leave without saving?">
      <Stack gap="sm">
        <Text size="sm">What you changed here is not saved.{note}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onStay} data-autofocus>
            Stay
          </Button>
          <Button color="red" onClick={onLeave}>
            Leave, without my changes
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
