import { filtersSet, NO_FILTERS, questionOfSearch } from './renewal-filters.js';

it('shows each role the renewals that it comes for', () => {
  expect(questionOfSearch({}, 'csm').scope).toBe('mine');
  expect(questionOfSearch({}, 'manager').scope).toBe('team');
  expect(questionOfSearch({}, 'viewer').scope).toBe('all');
});

it('leaves out what an address names wrongly', () => {
  const question = questionOfSearch(
    { category: 'commit,maybe', band: 'purple', owner: 'me', missing: 'luck', from: '2026-13-01' },
    'admin',
  );
  expect(question).toMatchObject({ category: 'commit' });
  expect([question.band, question.owner, question.missing, question.from]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('takes days that came the wrong way round as they were meant', () => {
  expect(questionOfSearch({ from: '2026-06-30', to: '2026-04-01' }, 'admin')).toMatchObject({
    from: '2026-04-01',
    to: '2026-06-30',
  });
});

it('counts the filters that could be cleared, and clears them all', () => {
  const search = { scope: 'all', from: '2026-04-01', to: '2026-04-30', category: 'commit', text: 'harbor' };
  expect(filtersSet(questionOfSearch(search, 'admin'))).toBe(3);
  const cleared = questionOfSearch({ ...search, ...NO_FILTERS }, 'admin');
  expect(filtersSet(cleared)).toBe(0);
  expect(cleared.scope).toBe('all');
});
