import type { AlertEventKind } from '@steward/shared/alerts';
import { alertOnDay, type DatedEvent } from './alert-on-day.js';

const event = (
  day: string,
  kind: AlertEventKind,
  details: Record<string, unknown> | null = null,
  by: string | null = null,
): DatedEvent => ({
  id: `${kind} on ${day}`,
  kind,
  day,
  at: new Date(`${day}T09:00:00Z`),
  by,
  details,
  byUserId: by,
  before: null,
});
const opened = event('2026-04-01', 'opened', { severity: 'medium' });

describe('an alert as it stood on a day', () => {
  const history = [
    opened,
    event('2026-04-03', 'snoozed', { until: '2026-04-10', reason: 'on holiday' }),
    event('2026-04-05', 'severity', { from: 'medium', to: 'high' }),
    event('2026-04-10', 'woken', { why: 'snoozeEnded' }),
    event('2026-04-11', 'acknowledged'),
    event('2026-04-12', 'undone', { undoes: 'acknowledged on 2026-04-11' }),
    event('2026-04-13', 'severity', { from: 'high', to: 'critical' }),
    event('2026-04-14', 'resolved', { outcome: 'successful' }),
  ];

  it.each([
    ['2026-04-01', 'open', 'medium', null],
    ['2026-04-03', 'snoozed', 'medium', '2026-04-10'],
    ['2026-04-09', 'snoozed', 'high', '2026-04-10'],
    ['2026-04-10', 'open', 'high', null],
    ['2026-04-11', 'acknowledged', 'high', null],
    ['2026-04-12', 'open', 'high', null],
    ['2026-04-13', 'open', 'critical', null],
    ['2026-04-14', 'resolved', 'critical', null],
  ])('%s: %s, %s', (day, state, severity, snoozedUntil) => {
    expect(alertOnDay(history, day, 'critical')).toMatchObject({ state, severity, snoozedUntil });
  });

  it('was looked at first by whoever had by then, unless that was taken back by then', () => {
    const seen = [
      opened,
      event('2026-04-03', 'acknowledged', null, 'Ann'),
      event('2026-04-05', 'undone', { undoes: 'acknowledged on 2026-04-03' }, 'Ann'),
      event('2026-04-09', 'snoozed', { until: '2026-04-20', reason: 'later' }, 'Bob'),
      event('2026-04-10', 'resolved', { outcome: 'successful' }, 'Cy'),
    ];
    const lookedOn = (day: string) => {
      const { looked } = alertOnDay(seen, day, 'high');
      return looked && `${looked.by} ${looked.at.toISOString().slice(0, 10)}`;
    };
    expect(['2026-04-02', '2026-04-04', '2026-04-05', '2026-04-09', '2026-04-10'].map(lookedOn)).toEqual([
      null,
      'Ann 2026-04-03',
      null,
      'Bob 2026-04-09',
      'Bob 2026-04-09',
    ]);
  });

  it('what it rested on is not known when that was written down anew since', () => {
    const fell = [opened, event('2026-04-06', 'evidence', { why: 'fell' })];
    expect(alertOnDay(fell, '2026-04-05', 'high').knowsEvidence).toBe(false);
    expect(alertOnDay(fell, '2026-04-06', 'high').knowsEvidence).toBe(true);
  });
});
