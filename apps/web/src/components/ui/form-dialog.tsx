import type { ModalProps } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from './dialog.js';
import { LeaveGuard, LeaveQuestion } from './leave-guard.js';

interface FormDialogProps extends Omit<ModalProps, 'opened'> {
  isDirty: () => boolean;
}

/** A dialog in which text is written: Escape, its cross and a click beside it ask before that is lost, as leaving the page does. */
export function FormDialog({ isDirty, onClose, ...props }: FormDialogProps) {
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <LeaveGuard isDirty={isDirty} />
      <Dialog {...props} closeOnEscape={!isAsked} onClose={() => (isDirty() ? setAsked(true) : onClose())} />
      {isAsked ? <LeaveQuestion onStay={() => setAsked(false)} onLeave={onClose} /> : null}
    </>
  );
}
