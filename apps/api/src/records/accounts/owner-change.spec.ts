import { mayChangeOwner } from './owner-change.js';

const csm = { id: 'me', role: 'csm' } as const;

describe('changing an owner', () => {
  it.each([
    ['claim an account that has none', null, 'me'],
    ['give one’s own back', 'me', null],
    ['leave it as it is', 'other', 'other'],
  ])('lets a CSM %s', (_what, from, to) => {
    expect(mayChangeOwner(csm, { from, to })).toBe(true);
  });

  it.each([
    ['take one from somebody', 'other', 'me'],
    ['give a free one to somebody', null, 'other'],
    ['give one’s own to somebody', 'me', 'other'],
    ['free one of somebody', 'other', null],
  ])('does not let a CSM %s', (_what, from, to) => {
    expect(mayChangeOwner(csm, { from, to })).toBe(false);
    expect(mayChangeOwner({ id: 'me', role: 'manager' }, { from, to })).toBe(true);
  });
});
