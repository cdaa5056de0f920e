import { bulkResult, bulkShare, bulkTitle } from './bulk-words.js';

const NONE = { due: 0, done: 0, unchanged: 0, refused: 0, gone: 0 };

describe('what came of a bulk action', () => {
  it('names only what happened', () => {
    expect(bulkResult({ state: 'done', change: { kind: 'releaseTier' }, counts: { ...NONE, done: 1284 } })).toBe(
      '1,284 accounts changed.',
    );
    expect(
      bulkResult({
        state: 'done',
        change: { kind: 'releaseTier' },
        counts: { ...NONE, done: 1, unchanged: 2, refused: 1, gone: 3 },
      }),
    ).toBe('1 account changed, 2 were so already, 1 was left alone, 3 are no longer yours to see.');
  });

  it('says so when nothing did', () => {
    expect(bulkResult({ state: 'done', change: { kind: 'releaseTier' }, counts: { ...NONE, unchanged: 2 } })).toBe(
      'No account changed, 2 were so already.',
    );
  });

  it('says where it stopped', () => {
    const counts = { ...NONE, done: 5, due: 3 };
    expect(bulkResult({ state: 'cancelled', change: { kind: 'releaseTier' }, counts })).toBe(
      'Cancelled: 5 accounts changed, 3 were not reached.',
    );
    expect(bulkResult({ state: 'done', change: null, counts: { ...NONE, done: 5 } })).toBe('5 accounts as before.');
  });

  it('is told as a share while it lasts', () => {
    expect(bulkShare({ ...NONE, due: 3, done: 1 })).toBe(25);
    expect(bulkShare(NONE)).toBe(100);
  });
});

it('has a name for every change', () => {
  expect(bulkTitle({ change: { kind: 'assign', role: 'csm', userId: null } })).toBe('CSM taken off');
  expect(bulkTitle({ change: { kind: 'assign', role: 'am', userId: 'x' } })).toBe('Account manager assigned');
  expect(bulkTitle({ change: { kind: 'tag', add: ['a', 'b'], remove: ['c'] } })).toBe('Tagged a, b, without c');
  expect(bulkTitle({ change: { kind: 'tag', add: [], remove: ['c'] } })).toBe('Tag off: c');
  expect(bulkTitle({ change: null })).toBe('Taking it back');
});
