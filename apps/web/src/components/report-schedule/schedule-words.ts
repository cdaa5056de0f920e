import type { ReportContent, ReportMailState, ReportSchedule } from '@steward/shared/report-schedules';
import { plural } from '../../lib/format.js';

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** 1st, 2nd, 3rd, 4th, 11th, 21st */
export function ordinal(day: number): string {
  const ending = day % 100 >= 11 && day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}

/** “Every Monday at 08:00”, “On the 31st of each month (or its last day) at 07:00”. */
export function whenWords({
  frequency,
  weekday,
  monthDay,
  hour,
}: Pick<ReportSchedule, 'frequency' | 'weekday' | 'monthDay' | 'hour'>): string {
  const at = `at ${hourText(hour)}`;
  switch (frequency) {
    case 'daily':
      return `Every day ${at}`;
    case 'weekly':
      return `Every ${WEEKDAYS[(weekday ?? 1) - 1]} ${at}`;
    case 'monthly': {
      const day = monthDay ?? 1;
      return `On the ${ordinal(day)} of each month${day > 28 ? ' (or its last day)' : ''} ${at}`;
    }
  }
}

interface ContentNames {
  view: (id: string) => string | undefined;
  segment: (id: string) => string | undefined;
}

/** “Portfolio by account manager, tier T1, of a segment”. */
export function contentWords(content: ReportContent, names: ContentNames): string {
  if (content.kind === 'view') return `View “${names.view(content.viewId) ?? 'that is gone, or not shared'}”`;
  const what =
    content.kind === 'renewals'
      ? 'Renewals of the next months'
      : `Portfolio by ${content.role === 'am' ? 'account manager' : 'CSM'}`;
  return [
    what,
    content.tier.length === 0 ? null : `${content.tier.length === 1 ? 'tier' : 'tiers'} ${content.tier.join(', ')}`,
    content.segment === null ? null : `segment “${names.segment(content.segment) ?? 'that is gone'}”`,
  ]
    .filter((each) => each !== null)
    .join(', ');
}

/** “Carla Mendes and 3 others”. */
export function recipientWords(recipients: readonly { name: string; active: boolean }[]): string {
  const [first, ...rest] = recipients;
  if (first === undefined) return 'Nobody';
  return rest.length === 0 ? first.name : `${first.name} and ${plural(rest.length, 'other')}`;
}

export const MAIL_STATE_WORDS: Record<ReportMailState, string> = {
  due: 'Waiting',
  sending: 'On its way',
  sent: 'Sent',
  failed: 'Failed',
  uncertain: 'Uncertain: it may have gone out',
  skipped: 'Left out: no longer active, or may not see it',
};

export const mayRepeat = (state: ReportMailState): boolean => state === 'failed' || state === 'uncertain';
