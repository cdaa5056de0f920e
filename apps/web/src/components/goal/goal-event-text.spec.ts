import { goalEventText } from './goal-event-text.js';

const nameOf = (userId: string) => (userId === 'u1' ? 'Carla Mendes' : null);

it('tells what happened with what was said about it', () => {
  const cancelled = { kind: 'cancelled', details: { reason: 'customerDeclined', note: 'They merged.' } } as const;
  expect(goalEventText(cancelled, nameOf)).toBe('Cancelled: the customer declined. They merged.');
  expect(goalEventText({ kind: 'achieved', details: { reason: 'targetReached', note: null } }, nameOf)).toBe(
    'Achieved: the target was reached',
  );
  expect(goalEventText({ kind: 'extended', details: { from: '2026-03-01', to: '2026-04-01' } }, nameOf)).toBe(
    'Given more time, until 1 Apr 2026',
  );
  expect(goalEventText({ kind: 'atRisk', details: { why: 'taskOverdue' } }, nameOf)).toBe(
    'At risk: a required task is a week overdue',
  );
});

it('names the new owner, and says that there is none', () => {
  expect(goalEventText({ kind: 'owner', details: { from: null, to: 'u1' } }, nameOf)).toBe('Given to Carla Mendes');
  expect(goalEventText({ kind: 'owner', details: { from: 'u1', to: null } }, nameOf)).toBe('Without an owner');
  expect(goalEventText({ kind: 'owner', details: { from: null, to: 'gone' } }, nameOf)).toBe('Owner changed');
});

it('stays with the plain word where nothing more is known', () => {
  expect(goalEventText({ kind: 'achieved', details: null }, nameOf)).toBe('Achieved');
  expect(goalEventText({ kind: 'moved', details: { to: 'nonsense' } }, nameOf)).toBe('Start moved');
});
