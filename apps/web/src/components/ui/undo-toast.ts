import { toastWithOffer } from './toast-with-offer.js';

/** Says what was done and offers to take it back. */
export const undoToast = (message: string, undo: () => void): void => toastWithOffer(message, 'Undo', undo);
