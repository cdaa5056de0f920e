import { describeCompute } from './compute-words.js';
import { days, number, quoted } from './words.js';

const LABELS: Record<string, string> = {
  label: 'Name',
  unit: 'Unit',
  description: 'Description',
  better: 'Better direction',
  windowDays: 'Window',
  change: 'Compared as a change',
  compute: 'Computed from',
  retired: 'Retired',
};

/** What an edit of a signal changed, a sentence each, from what the audit log kept of it. */
export function signalChanges(changes: Record<string, { from: unknown; to: unknown }>): string[] {
  return Object.entries(changes).map(([field, { from, to }]) => {
    if (field === 'retired') return to === true ? 'Retired: no longer computed' : 'Taken back: computed again';
    return `${LABELS[field] ?? field}: ${words(field, from)} → ${words(field, to)}`;
  });
}

function words(field: string, value: unknown): string {
  if (field === 'windowDays') return days(value as number | null, 'the window of the workspace');
  if (field === 'compute') return describeCompute(value);
  if (field === 'change') return changeWords(value as Change | null);
  if (value === null || value === undefined || value === '') return 'none';
  return typeof value === 'number' ? number(value) : quoted(String(value));
}

interface Change {
  daysEarlier: number | null;
  as: string;
  floor: string;
}

function changeWords(change: Change | null): string {
  if (change === null) return 'no, the value itself';
  const before =
    change.daysEarlier === null ? 'the window before' : `the window ${days(change.daysEarlier, '')} earlier`;
  return `in ${change.as === 'percent' ? 'per cent' : 'points'} against ${before}`;
}
