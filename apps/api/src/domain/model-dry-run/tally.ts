import type { ModelFlow } from '@steward/shared/model-versions';

/** Accounts and their ARR in minor units; what has no ARR adds none. */
export interface Counts {
  accounts: number;
  arrMinor: number;
}

/** An account of a group, as far as the largest of many groups are found by it. */
export interface Sized {
  id: string;
  arrMinor: number | null;
}

/** Accounts that are alike in everything that decides where they go. */
export interface Alike extends Counts {
  /** What tells the group from others. */
  alike: string;
  /** The largest of them by ARR, largest first. */
  largest: readonly Sized[];
}

/** From where to where: a cell of the matrix of moves. */
export interface Cell {
  from: string | null;
  to: string | null;
}

export const isIn = (cell: Cell, { from, to }: Cell): boolean => cell.from === from && cell.to === to;

export const nobody = (): Counts => ({ accounts: 0, arrMinor: 0 });

export function add(to: Counts, { accounts, arrMinor }: Counts): void {
  to.accounts += accounts;
  to.arrMinor += arrMinor;
}

/** Counts by from and to, in the order in which they first came. */
export class Flows {
  private readonly found = new Map<string, ModelFlow>();

  add(from: string | null, to: string | null, counts: Counts): void {
    const key = JSON.stringify([from, to]);
    const flow = this.found.get(key) ?? { from, to, ...nobody() };
    add(flow, counts);
    this.found.set(key, flow);
  }

  get all(): ModelFlow[] {
    return [...this.found.values()].sort((a, b) => b.accounts - a.accounts);
  }
}

/** Counts by key; keys that nobody is in have none. */
export class ByKey {
  private readonly found = new Map<string, Counts>();

  add(key: string | null, counts: Counts): void {
    if (key === null) return;
    const of = this.found.get(key) ?? nobody();
    add(of, counts);
    this.found.set(key, of);
  }

  of(key: string): Counts {
    return this.found.get(key) ?? nobody();
  }
}

/** The largest rows by ARR, those without one last; by id where it is the same. */
export function largest<Row extends Sized>(rows: readonly Row[], most: number): Row[] {
  const size = ({ arrMinor }: Row) => arrMinor ?? Number.NEGATIVE_INFINITY;
  return [...rows].sort((a, b) => size(b) - size(a) || (a.id < b.id ? -1 : 1)).slice(0, most);
}

/** The places of a body in its order, then those of the published one that vanish. */
export function placesOf<Place extends { key: string; label: string }>(
  body: readonly Place[],
  published: readonly Place[],
): { key: string; label: string; vanishes: boolean }[] {
  const keys = new Set(body.map(({ key }) => key));
  const gone = published.filter(({ key }) => !keys.has(key));
  return [
    ...body.map(({ key, label }) => ({ key, label, vanishes: false })),
    ...gone.map(({ key, label }) => ({ key, label, vanishes: true })),
  ];
}
