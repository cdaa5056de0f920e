import { Modal, type ModalProps } from '@mantine/core';
import { useReturnFocus } from './use-return-focus.js';

/** A dialog that stands as long as it is drawn; afterwards the focus is where it was before. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  useReturnFocus();
  return <Modal opened {...props} />;
}
