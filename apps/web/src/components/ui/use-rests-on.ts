import { hashKey } from '@tanstack/react-query';
import { useState } from 'react';

/**
 * What a form that is read again while one writes rests on: what stands now, as long as nobody else changed what the
 * form would write over; else what stood when it was opened, and the server refuses the save.
 */
export function useRestsOn<T>(now: T, writtenOver: (of: T) => unknown): T {
  const [then] = useState(now);
  return hashKey([writtenOver(now)]) === hashKey([writtenOver(then)]) ? now : then;
}
