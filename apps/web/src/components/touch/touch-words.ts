import type { AccountRow } from '@steward/shared/accounts';
import { type LoggedTouch, TOUCHPOINT_KINDS, type TouchpointKind } from '@steward/shared/touchpoints';
import { formatDay } from '../../lib/days.js';
import { NONE, plural } from '../../lib/format.js';

export const TOUCH_WORDS: Record<TouchpointKind, string> = {
  call: 'Call',
  meeting: 'Meeting',
  email: 'E-mail',
  note: 'Internal note',
  other: 'Other',
};

export const isTouchKind = (value: unknown): value is TouchpointKind => TOUCHPOINT_KINDS.some((kind) => kind === value);

/** "Call logged: Harbor Works · last touch 12 days ago → today · task for Ana by 5 Dec 2026". */
export function loggedText({ touchpoint, changed }: LoggedTouch, name: string): string {
  const { daysSinceTouchBefore: before, daysSinceTouch: now, task, told } = changed;
  const touch =
    !touchpoint.counts || now === before
      ? null
      : `last touch ${before === null ? 'never' : sinceText(before)} → ${now === null ? 'never' : sinceText(now)}`;
  return [
    `${TOUCH_WORDS[touchpoint.kind]} logged: ${name}`,
    touch,
    task ? `task for ${task.assignee.name}${task.dueDay ? ` by ${formatDay(task.dueDay)}` : ''}` : null,
    task === null && changed.nextStep ? 'next step set' : null,
    told.length > 0 ? `told ${told.map((each) => each.name).join(', ')}` : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

const sinceText = (days: number): string => (days === 0 ? 'today' : `${plural(days, 'day')} ago`);

/** "12 days ago"; "never" where days are counted all the same. */
export function lastTouchText({ daysSinceTouch, neverTouched }: Pick<AccountRow, 'daysSinceTouch' | 'neverTouched'>) {
  if (daysSinceTouch === null) return NONE;
  return neverTouched ? 'never' : sinceText(daysSinceTouch);
}
