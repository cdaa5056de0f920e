import type { SignalDefinition } from '@steward/shared/signals';
import { definitionWords } from './signal-words.js';

const words = (changes: Partial<Pick<SignalDefinition, 'compute' | 'windowDays' | 'change' | 'description'>>) =>
  definitionWords(
    {
      description: '',
      windowDays: null,
      change: null,
      compute: { source: 'event', event: 'export', where: [], aggregation: 'distinctContacts' },
      ...changes,
    },
    [],
  );

it('says what a signal is computed from, over which window, and against what', () => {
  expect(words({})).toBe('Distinct contacts with the event “export” in the workspace’s window');
  expect(
    words({
      windowDays: 14,
      compute: {
        source: 'event',
        event: null,
        where: [{ property: 'format', op: 'in', value: ['pdf', 'csv'] }],
        aggregation: 'count',
      },
      change: { daysEarlier: 364, as: 'percent', floor: 'none' },
    }),
  ).toBe(
    'How often any event where format is any of pdf, csv happened in the last 14 days; change in % against the same window 364 days earlier',
  );
});

it('names no window where the value is as of the day', () => {
  expect(words({ compute: { source: 'metric', metric: 'seats', aggregation: 'last' } })).toBe(
    'The newest value of the metric “seats”',
  );
  expect(words({ compute: { source: 'attribute', attribute: 'go_live', aggregation: 'daysUntil' } })).toBe(
    'Days until the day in the attribute “go_live”',
  );
});

it('leaves built-in signals to their own description', () => {
  expect(
    words({ description: 'Share of all tracked features used', compute: { source: 'features', aggregation: 'share' } }),
  ).toBe('Share of all tracked features used');
});
