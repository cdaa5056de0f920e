import type { TaskTemplate } from '@steward/shared/playbooks';
import { plural } from '../../lib/format.js';
import { ANCHOR_WORDS } from './goal-words.js';

/** When a task is due: “10 business days after the start”, “3 days before the renewal”, “on the due day”. */
export function dueWords({ anchor, offset, unit }: TaskTemplate['due']): string {
  const from = ANCHOR_WORDS[anchor];
  if (offset === 0) {
    const on =
      anchor === 'goalStart' ? 'at the start' : anchor === 'renewalDate' ? 'on the day of the renewal' : `on ${from}`;
    return unit === 'business' ? `${on}, or the next Monday` : on;
  }
  const days = plural(Math.abs(offset), unit === 'business' ? 'business day' : 'day');
  return `${days} ${offset > 0 ? 'after' : 'before'} ${from}`;
}
