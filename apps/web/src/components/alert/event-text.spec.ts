import { eventText } from './event-text.js';

it('says until when and why an alert rests', () => {
  expect(eventText({ kind: 'snoozed', details: { until: '2026-12-05', reason: 'a meeting is planned' } })).toBe(
    'Snoozed until 5 Dec 2026: a meeting is planned',
  );
});

it('says what came of it', () => {
  expect(eventText({ kind: 'resolved', details: { outcome: 'falseAlarm', note: null } })).toBe('Resolved, false alarm');
});

it('says how severity moved, and to whom it went', () => {
  expect(eventText({ kind: 'severity', details: { from: 'high', to: 'critical' } })).toBe(
    'Severity changed from high to critical',
  );
  expect(eventText({ kind: 'assigned', details: { assignee: 'Lotte Brandt' } })).toBe('Assigned to Lotte Brandt');
  expect(eventText({ kind: 'assigned', details: { assignee: null } })).toBe('Back to the account’s owner');
});

it('makes do without details', () => {
  expect(eventText({ kind: 'severity', details: null })).toBe('Severity changed');
  expect(eventText({ kind: 'snoozed', details: {} })).toBe('Snoozed');
});
