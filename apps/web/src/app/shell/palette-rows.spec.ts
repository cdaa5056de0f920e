import { rowsFor } from './palette-rows.js';

const GROUPS = [
  {
    group: 'Accounts',
    actions: [{ id: 'harbor', label: 'Harbor Works', description: 'A-1 · Key', keywords: ['port'] }],
  },
  {
    group: 'Segments',
    actions: [
      { id: 'new', label: 'New in the portfolio', description: '12 accounts' },
      { id: 'risk', label: 'At risk', description: '3 accounts' },
    ],
  },
  { group: 'Do', actions: [{ id: 'touch', label: 'Log a touch', description: 'On the account', keywords: ['call'] }] },
];

it.each([
  ['a name, before what is found by something else', 'Port', ['new', 'harbor']],
  ['a keyword', 'call', ['touch']],
  ['nothing for what stands in descriptions only', 'acc', []],
  ['everything for no text', ' ', ['harbor', 'new', 'risk', 'touch']],
])('the palette finds %s', (_, text, ids) => {
  expect(rowsFor(text, GROUPS).flatMap(({ actions }) => actions.map(({ id }) => id))).toEqual(ids);
});
