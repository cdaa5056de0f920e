import { OWNER_COLUMNS, sortOf, sortText, sortValue } from './owner-columns.js';
import { ownerRows, sortedRows, teamRows, totalRow } from './owner-rows.js';
import { ownerTable, ownerWords } from './owner-words.js';
import { aBook, anOwner, anOwnerPage, aPortfolio, aPortfolioWork, aWork } from './portfolio.factory.js';

const carla = anOwner('Carla', { manager: { userId: 'm1', name: 'Marta' } });
const dev = anOwner('Dev', { active: false, manager: { userId: 'm1', name: 'Marta' } });
const nobody = anOwner(null);
const amir = anOwner('Amir');

const books = aPortfolio({
  rows: [
    { owner: carla, ...aBook({ arrMinor: 500, load: 120 }) },
    { owner: dev, ...aBook({ arrMinor: 900, load: null }) },
    { owner: nobody, ...aBook({ arrMinor: 5000 }) },
  ],
  teams: [{ manager: { userId: 'm1', name: 'Marta' }, owners: [carla.key, dev.key], ...aBook() }],
  total: { ...aBook({ accounts: 30, arrMinor: 6400 }), owners: 2 },
});
const work = aPortfolioWork({ rows: [{ owner: amir, ...aWork({ overdueTasks: 4 }) }] });
const names = (text: string | undefined): string[] => {
  const sort = sortOf(text);
  return sortedRows(ownerRows(books, work), sortValue(sort), sort.rising).map(({ name }) => name);
};

it('whoever has tasks on others’ accounts has a row without a book', () => {
  const rows = ownerRows(books, work);
  expect(rows.map(({ name, book }) => [name, book !== null])).toEqual([
    ['Carla', true],
    ['Dev', true],
    ['Nobody', true],
    ['Amir', false],
  ]);
  expect(rows[1]?.note).toBe('has left');
});

it('owners stand by ARR at first; what is not known stands below, and nobody last either way', () => {
  expect(names(undefined)).toEqual(['Dev', 'Carla', 'Amir', 'Nobody']);
  expect(names('-arr')).toEqual(['Carla', 'Dev', 'Amir', 'Nobody']);
  expect(names('load')).toEqual(['Carla', 'Amir', 'Dev', 'Nobody']);
  expect(names('-name')).toEqual(['Amir', 'Carla', 'Dev', 'Nobody']);
});

it('choosing a column again turns its order around; a column that is none is the usual one', () => {
  expect(sortText(sortOf(undefined), 'load')).toBe('load');
  expect(sortText(sortOf('load'), 'load')).toBe('-load');
  expect(sortText(sortOf('load'), 'name')).toBe('-name');
  expect(sortText(sortOf('-arr'), 'arr')).toBeUndefined();
  expect(sortOf('password')).toEqual({ key: 'arr', rising: false });
});

it('a team has its manager’s people, and its figures open the accounts of all of them', () => {
  const rows = ownerRows(books, work);
  const [team] = teamRows(books, work, rows);
  expect(team?.team.name).toBe('Team of Marta');
  expect(team?.members.map(({ name }) => name)).toEqual(['Carla', 'Dev']);
  expect(team?.team.owners).toEqual([carla, dev]);
});

it('a sentence says how many, how much, and whose book is over its target', () => {
  const words = ownerWords(ownerRows(books, work), totalRow(books, work), anOwnerPage());
  expect(words).toBe(
    '30 live accounts of 2 owners, $64 of ARR; none at risk; 10 accounts of nobody. The fullest book is Carla’s with 120 % of its target; 1 owner over 100 %.',
  );
});

it('accounts that nobody owns are of nobody, and are told once', () => {
  const own = { ...books, rows: books.rows.slice(-1), teams: [], total: { ...aBook({ accounts: 1 }), owners: 0 } };
  const [rows, total] = [ownerRows(own, undefined), totalRow(own, undefined)];
  expect(ownerWords(rows, total, anOwnerPage())).toMatch(
    /^1 live account of nobody, \$[\d.]+K? of ARR; none at risk\.$/,
  );
});

it('a file holds plain numbers in major units, and nothing where nothing is known', () => {
  const table = ownerTable(ownerRows(books, work), totalRow(books, work), anOwnerPage());
  const arr = table.columns.findIndex(({ label }) => label === 'ARR');
  const load = table.columns.findIndex(({ label }) => label === 'Load');
  expect(table.columns[arr]?.fileLabel).toBe('ARR (USD)');
  expect(table.rows.map(({ cells }) => [cells[0]?.plain, cells[arr]?.plain, cells[load]?.plain])).toEqual([
    ['Carla', 5, 120],
    ['Dev', 9, null],
    ['Nobody', 50, 50],
    ['Amir', null, null],
  ]);
});

it('says of whom the reader sees a part only', () => {
  const seen = aPortfolio({ rows: [{ owner: anOwner('Yuki', { partly: true, active: false }), ...aBook() }] });
  const rows = ownerRows(seen, undefined);
  expect(rows[0]?.note).toBe('has left, the part that you see');
  const file = ownerTable(rows, totalRow(seen, undefined), anOwnerPage());
  expect(file.rows[0]?.cells.slice(0, 2).map(({ plain }) => plain)).toEqual(['Yuki', 'in part']);
});

it('says of whom without a book it knows that they have none, and of whom only that none is seen', () => {
  const whyNoLoad = OWNER_COLUMNS.find(({ key }) => key === 'load')?.whyNull;
  const withoutBook = (partly: boolean) => {
    const work = { owner: anOwner('Yuki', { partly }), ...aWork() };
    const [row] = ownerRows(aPortfolio(), aPortfolioWork({ rows: [work] }));
    return row && whyNoLoad?.(row);
  };
  expect(withoutBook(false)).toBe('No accounts of their own');
  expect(withoutBook(true)).toBe('None that you see');
});
