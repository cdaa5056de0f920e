import { TIMELINE_EVENTS, TIMELINE_KINDS, type TimelineEntry } from '@steward/shared/timeline';
import { byDay } from './timeline-days.js';
import { iconOf, kindsOf, newsOf } from './timeline-words.js';

const anEntry = (id: string, day: string): TimelineEntry => ({
  id,
  kind: 'ticket',
  what: 'opened',
  at: `${day}T10:00:00Z`,
  day,
  dayOnly: false,
  title: 'Ticket opened',
  text: null,
  by: null,
  with: [],
  subjectId: null,
  links: [],
});

it('stands under its day, in the order in which it comes, also over the edge of a page', () => {
  const days = byDay([anEntry('c', '2026-04-15'), anEntry('b', '2026-04-15'), anEntry('a', '2026-04-14')]);
  expect(days.map(({ day, entries }) => [day, entries.map(({ id }) => id)])).toEqual([
    ['2026-04-15', ['c', 'b']],
    ['2026-04-14', ['a']],
  ]);
});

it('shows calls, meetings and e-mails by signs of their own, and every kind by one', () => {
  const touches = ['call', 'meeting', 'email', 'note'].map((what) => iconOf({ kind: 'touchpoint', what }));
  expect(new Set(touches).size).toBe(4);
  for (const kind of TIMELINE_KINDS)
    for (const what of TIMELINE_EVENTS[kind]) expect(iconOf({ kind, what })).toBeTruthy();
});

it('tells bad news from good', () => {
  expect(newsOf({ kind: 'health', what: 'down' })).toBe('bad');
  expect(newsOf({ kind: 'deal', what: 'won' })).toBe('good');
  expect(newsOf({ kind: 'edit', what: 'account' })).toBeUndefined();
});

it('takes from the address the kinds that there are', () => {
  expect(kindsOf('alert,nonsense,touchpoint')).toEqual(['touchpoint', 'alert']);
  expect(kindsOf(undefined)).toEqual([]);
});
