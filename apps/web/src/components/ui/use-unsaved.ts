import { hashKey } from '@tanstack/react-query';
import { useRef } from 'react';

/** Whether what is written differs from what it began with, until it is saved. */
export function useUnsaved(written: unknown): { isDirty: () => boolean; markSaved: () => void } {
  const now = hashKey([written]);
  const first = useRef(now);
  const isSaved = useRef(false);
  return {
    isDirty: () => !isSaved.current && now !== first.current,
    markSaved: () => {
      isSaved.current = true;
    },
  };
}
