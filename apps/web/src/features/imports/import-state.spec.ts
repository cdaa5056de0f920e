import { whatFollows, whatIsKept } from './import-state.js';

it.each([
  ['some were created', { rows: 3, created: 1, updated: 0 }, /^Scores .* follow/],
  ['all were known or rejected', { rows: 3, created: 0, updated: 0 }, /changed nothing/],
  ['the file held none', { rows: 0, created: 0, updated: 0 }, /no rows/],
  ['nothing was counted', null, /no rows/],
])('scores follow an import only where it changed something: of its rows %s', (_, did, says) => {
  expect(whatFollows(did)).toMatch(says);
});

it('an import that ended early says up to which line it was taken, or that it was not begun', () => {
  expect(whatIsKept(12)).toContain('up to line 12 is kept');
  expect(whatIsKept(0)).toContain('before its first row');
});
