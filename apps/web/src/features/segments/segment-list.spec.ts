import { EVERY_ACCOUNT } from '@steward/shared/rules';
import type { ListedSegment } from '../../lib/segments.js';
import { shownSegments } from './segment-list.js';

const aSegment = (fields: Partial<ListedSegment>): ListedSegment =>
  ({
    id: fields.name ?? 'a',
    key: null,
    name: 'Large in Europe',
    description: '',
    rule: EVERY_ACCOUNT,
    visibility: 'shared',
    columns: null,
    sort: null,
    owner: null,
    ruleVersion: 1,
    revision: 1,
    mayEdit: false,
    members: 0,
    arrMinor: null,
    ...fields,
  }) as ListedSegment;

const mine = aSegment({ name: 'Mine', owner: { userId: 'me', name: 'Me' }, visibility: 'private' });
const builtIn = aSegment({ name: 'At risk', key: 'at_risk', description: 'The health band is at risk.' });
const shared = aSegment({ name: 'Theirs', owner: { userId: 'you', name: 'You' } });
const all = [builtIn, shared, mine];
const names = (wanted: Partial<Parameters<typeof shownSegments>[1]>) =>
  shownSegments(all, { text: '', shown: 'all', userId: 'me', ...wanted }).map(({ name }) => name);

it('begins with one’s own and ends with the built-in ones', () => {
  expect(names({})).toEqual(['Mine', 'Theirs', 'At risk']);
});

it('finds by name and by description, whatever the case', () => {
  expect(names({ text: ' HEALTH band' })).toEqual(['At risk']);
  expect(names({ text: 'theirs' })).toEqual(['Theirs']);
});

it('tells one’s own, what others share, and the built-in ones apart', () => {
  expect(names({ shown: 'mine' })).toEqual(['Mine']);
  expect(names({ shown: 'shared' })).toEqual(['Theirs']);
  expect(names({ shown: 'builtIn' })).toEqual(['At risk']);
});
