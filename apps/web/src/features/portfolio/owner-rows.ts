import type { Book, Portfolio, PortfolioWork, ReportOwner, Work } from '@steward/shared/portfolio';
import type { OwnersOfFigure } from '@steward/shared/portfolio-behind';
import { plural } from '../../lib/format.js';

/** A row of the owners' table: a person, a manager's people, or all. */
export interface OwnerRow {
  key: string;
  kind: 'owner' | 'nobody' | 'team' | 'total';
  name: string;
  /** What is to be known of them besides: “has left”. */
  note: string | null;
  /** The reader sees some only of the accounts of theirs that it counts. */
  partly: boolean;
  /** Whose accounts its figures count; null: all. */
  owners: OwnersOfFigure;
  /** Null: no accounts of their own. */
  book: Book | null;
  /** Null: nothing to do with accounts of the filter, or not known yet. */
  work: Work | null;
}

export interface Team {
  team: OwnerRow;
  members: OwnerRow[];
}

const NOBODY = 'Nobody';

function noteOf({ userId, name, active, partly }: ReportOwner): string | null {
  if (userId === null) return name === null ? null : 'is no user here';
  const notes = [...(active ? [] : ['has left']), ...(partly ? ['the part that you see'] : [])];
  return notes.length === 0 ? null : notes.join(', ');
}

/** Owners with accounts, then those with nothing but work on others' accounts. */
export function ownerRows(books: Portfolio, work: PortfolioWork | undefined): OwnerRow[] {
  const works = new Map((work?.rows ?? []).map((row) => [row.owner.key, row]));
  const known = new Set(books.rows.map(({ owner }) => owner.key));
  const rowOf = (owner: ReportOwner, book: Book | null): OwnerRow => ({
    key: owner.key,
    kind: owner.userId === null && owner.name === null ? 'nobody' : 'owner',
    name: owner.name ?? NOBODY,
    note: noteOf(owner),
    partly: owner.partly,
    owners: [owner],
    book,
    work: works.get(owner.key) ?? null,
  });
  return [
    ...books.rows.map((row) => rowOf(row.owner, row)),
    ...(work?.rows ?? []).flatMap(({ owner }) => (known.has(owner.key) ? [] : [rowOf(owner, null)])),
  ];
}

/** Managers with their people; those without a manager last. */
export function teamRows(books: Portfolio, work: PortfolioWork | undefined, rows: readonly OwnerRow[]): Team[] {
  const ids = [...books.teams, ...(work?.teams ?? [])].map(({ manager }) => manager?.userId ?? null);
  return [...new Set(ids)]
    .map((id): Team => {
      const isIt = ({ manager }: { manager: { userId: string } | null }) => (manager?.userId ?? null) === id;
      const book = books.teams.find(isIt) ?? null;
      const done = work?.teams.find(isIt) ?? null;
      const keys = new Set([...(book?.owners ?? []), ...(done?.owners ?? [])]);
      const members = rows.filter(({ key }) => keys.has(key));
      const manager = book?.manager ?? done?.manager ?? null;
      return {
        team: {
          key: `team:${id ?? 'none'}`,
          kind: 'team',
          name: manager === null ? 'Without a manager' : `Team of ${manager.name}`,
          note: plural(members.length, 'owner'),
          partly: members.some(({ partly }) => partly),
          owners: members.flatMap(({ owners }) => owners ?? []),
          book,
          work: done,
        },
        members,
      };
    })
    .sort((a, b) => Number(a.team.key === 'team:none') - Number(b.team.key === 'team:none'));
}

export function totalRow(books: Portfolio, work: PortfolioWork | undefined): OwnerRow {
  return {
    key: 'total',
    kind: 'total',
    name: 'All',
    note: plural(books.total.owners, 'owner'),
    partly: books.rows.some(({ owner }) => owner.partly),
    owners: null,
    book: books.total,
    work: work?.total ?? null,
  };
}

/** By what a column says, the highest first unless `rising`; what is not known, and nobody, stand last either way. */
export function sortedRows(
  rows: readonly OwnerRow[],
  value: (row: OwnerRow) => number | string | null,
  rising: boolean,
): OwnerRow[] {
  const last = (row: OwnerRow): number => (row.kind === 'nobody' ? 2 : value(row) === null ? 1 : 0);
  const compared = (a: number | string | null, b: number | string | null): number =>
    typeof a === 'string' || typeof b === 'string'
      ? String(a ?? '').localeCompare(String(b ?? ''))
      : (a ?? 0) - (b ?? 0);
  return rows.toSorted(
    (a, b) => last(a) - last(b) || compared(value(a), value(b)) * (rising ? 1 : -1) || a.name.localeCompare(b.name),
  );
}
