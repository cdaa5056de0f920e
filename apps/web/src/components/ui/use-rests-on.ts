import { hashKey } from '@tanstack/react-query';
import { useState } from 'react';

/** What a form that is read again while one writes goes on from. */
export interface RestsOn<T> {
  /**
   * What a save names: what stands now, as long as nobody else changed what the form would write over; else what stood
   * when it was opened, so that the server refuses the save.
   */
  on: T;
  /** What somebody else made of what the form would write over; null: nobody touched it. */
  theirs: T | null;
  /** From here on the form rests on theirs, and writes over it. */
  writeOver: () => void;
  /** From here on the form rests on what one's own save made, and goes on from there. */
  saved: (made: T) => void;
}

export function useRestsOn<T>(now: T, writtenOver: (of: T) => unknown): RestsOn<T> {
  const [then, setThen] = useState(now);
  const isSame = hashKey([writtenOver(now)]) === hashKey([writtenOver(then)]);
  return { on: isSame ? now : then, theirs: isSame ? null : now, writeOver: () => setThen(now), saved: setThen };
}
