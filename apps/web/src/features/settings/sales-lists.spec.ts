import { keyOf, moved, unsavedKey, withKeys } from './sales-lists.js';

it('makes a key of a label: small letters, digits and _', () => {
  expect(keyOf('Legal review', [])).toBe('legal_review');
  expect(keyOf('  Über-Prüfung (2nd) ', [])).toBe('uber_prufung_2nd');
  expect(keyOf('交渉', [])).toBe('item');
});

it('takes no key twice', () => {
  expect(keyOf('Legal', ['legal'])).toBe('legal_2');
  expect(keyOf('Legal', ['legal', 'legal_2'])).toBe('legal_3');
});

it('keeps within 40 signs and ends on no _', () => {
  const key = keyOf(`${'a'.repeat(35)} and more`, []);
  expect(key).toBe('a'.repeat(35));
  expect(keyOf('a'.repeat(60), ['a'.repeat(36)]).length).toBeLessThanOrEqual(40);
});

it('moves one a place up or down', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
});

it('gives each new member a key of its own, and leaves those of the others as they are', () => {
  const items = [
    { key: 'legal', label: 'Contract ' },
    { key: unsavedKey(), label: 'Legal' },
    { key: unsavedKey(), label: 'Legal' },
  ];
  expect(withKeys(items)).toEqual([
    { key: 'legal', label: 'Contract' },
    { key: 'legal_2', label: 'Legal' },
    { key: 'legal_3', label: 'Legal' },
  ]);
});
