import type { Portfolio } from '@steward/shared/portfolio';
import { bookBehind, type PageOfFigure, renewalsBehind, workBehind } from '@steward/shared/portfolio-behind';
import type { RenewalState } from '@steward/shared/renewals';
import type { AccountsOfFigure } from '@steward/shared/report-parts';
import {
  formatMoney,
  formatMoneyCompact,
  formatNumber,
  formatPercent,
  minorUnits,
  NONE,
  plural,
} from '../../lib/format.js';
import type { OwnerRow } from './owner-rows.js';

/** What the columns of the owners' table need to know of the page. */
export interface OwnerPage {
  page: PageOfFigure;
  from: string;
  to: string;
  currency: string;
  tiers: Portfolio['tiers'];
}

export interface OwnerColumn {
  key: string;
  label: string;
  /** On hover of its name: what it counts. */
  means: string;
  group: 'Book' | 'Renewals' | 'Work' | 'Alerts';
  /** On hover of what has no value: why. Else there is nothing to take it of. */
  whyNull?: (row: OwnerRow) => string;
  /** Which answer it waits for. */
  of: 'book' | 'work';
  value: (row: OwnerRow) => number | null;
  text: (value: number, page: OwnerPage) => string;
  /** On hover, where the text is short. */
  exact?: (value: number, row: OwnerRow, page: OwnerPage) => string;
  /** In a file: a plain number. */
  plain?: (value: number, page: OwnerPage) => number;
  /** The accounts that the figure counts, or is taken over. */
  behind?: (row: OwnerRow, page: OwnerPage) => AccountsOfFigure;
}

const count = (value: number) => formatNumber(value);
const money = {
  text: (value: number, { currency }: OwnerPage) => formatMoneyCompact(value, currency),
  exact: (value: number, _row: OwnerRow, { currency }: OwnerPage) => formatMoney(value, currency),
  plain: (value: number, { currency }: OwnerPage) => value / minorUnits(currency),
};
const renewals =
  (which: Parameters<typeof renewalsBehind>[3]) =>
  ({ owners }: OwnerRow, { page, from, to }: OwnerPage) =>
    renewalsBehind(page, owners, { from, to }, which);
const work =
  (which: Parameters<typeof workBehind>[3]) =>
  ({ owners }: OwnerRow, { page, from }: OwnerPage) =>
    workBehind(page, owners, from, which);
const arrOf = (arrMinor: number | null, currency: string): string => `${formatMoney(arrMinor, currency)} of ARR`;

const inState =
  (state: RenewalState) =>
  ({ work: done }: OwnerRow): number | null =>
    done === null ? null : (done.renewals.byState[state]?.renewals ?? 0);
const arrInState =
  (state: RenewalState) =>
  (_value: number, { work: done }: OwnerRow, { currency }: OwnerPage): string =>
    arrOf(done?.renewals.byState[state]?.arrMinor ?? null, currency);

/** “83 % of those that have ended were renewed”. */
function rateWords({ work: done }: OwnerRow): string {
  const rate = done?.renewals.renewedRate ?? null;
  return rate === null ? 'none has ended yet' : `${formatPercent(rate)} of those that have ended were renewed`;
}

/** Work against target: “Tier 1: 4 of 10, Tier 2: 12 of 25 accounts; 3 in no tier, not counted”. */
export function loadWords({ book }: OwnerRow, tiers: Portfolio['tiers']): string {
  if (book === null || book.tiers.length === 0) return 'No accounts in a tier with a target';
  const label = (key: string) => tiers.find((tier) => tier.key === key)?.label ?? key;
  const words = book.tiers.map(
    ({ tier, counted, target }) =>
      `${label(tier)}: ${formatNumber(counted)} of ${target === null ? NONE : formatNumber(target)}`,
  );
  const ofNoLoad = book.tiers.reduce((sum, { accounts, counted }) => sum + accounts - counted, 0);
  const rest = [
    ...(book.noTier > 0 ? [`${formatNumber(book.noTier)} in no tier`] : []),
    ...(ofNoLoad > 0 ? [`${formatNumber(ofNoLoad)} of nobody or in books that you see in part`] : []),
  ];
  return `${words.join(', ')} accounts${rest.length === 0 ? '' : `; ${rest.join(', ')}, not counted`}`;
}

function whyNoLoad({ kind, book, partly }: OwnerRow): string {
  if (book === null) return partly ? 'None that you see' : 'No accounts of their own';
  if (partly) return kind === 'owner' ? 'You see a part of this book only' : 'You see parts of these books only';
  return 'Nobody to be loaded: the accounts have no owner';
}

export const OWNER_COLUMNS: readonly OwnerColumn[] = [
  {
    key: 'accounts',
    label: 'Accounts',
    means: 'Live accounts: customers and trials',
    group: 'Book',
    of: 'book',
    value: ({ book }) => book?.accounts ?? 0,
    text: count,
    behind: ({ owners }, { page }) => bookBehind(page, owners),
  },
  {
    key: 'arr',
    label: 'ARR',
    means: 'ARR of the live accounts, as far as it is known',
    group: 'Book',
    of: 'book',
    value: ({ book }) => book?.arrMinor ?? null,
    ...money,
    behind: ({ owners }, { page }) => bookBehind(page, owners),
  },
  {
    key: 'score',
    label: 'Score',
    means: 'Mean health score of those that have one',
    group: 'Book',
    of: 'book',
    value: ({ book }) => book?.meanScore ?? null,
    text: (value) => formatNumber(value, 1),
    exact: (_value, { book }) => `Of ${plural(book?.scored ?? 0, 'account')} with a score`,
    plain: (value) => Math.round(value * 100) / 100,
    behind: ({ owners }, { page }) => bookBehind(page, owners, { scored: true }),
  },
  {
    key: 'load',
    label: 'Load',
    means: 'Accounts against the target of their tier, added up over the tiers: 100 % is a full book',
    group: 'Book',
    of: 'book',
    value: ({ book }) => book?.load ?? null,
    whyNull: whyNoLoad,
    text: (value) => formatPercent(value),
    exact: (_value, row, { tiers }) => loadWords(row, tiers),
    plain: (value) => Math.round(value * 10) / 10,
    behind: ({ owners }, { page }) => bookBehind(page, owners),
  },
  {
    key: 'due',
    label: 'Due',
    means: 'Renewals due in the months of the page',
    group: 'Renewals',
    of: 'work',
    value: ({ work: done }) => done?.renewals.due.renewals ?? null,
    text: count,
    exact: (_value, { work: done }, { currency }) => arrOf(done?.renewals.due.arrMinor ?? null, currency),
    behind: renewals({}),
  },
  {
    key: 'renewed',
    label: 'Renewed',
    means: 'Of them renewed for as much or more',
    group: 'Renewals',
    of: 'work',
    value: inState('renewed'),
    text: count,
    exact: (value, row, page) => `${arrInState('renewed')(value, row, page)}; ${rateWords(row)}`,
    behind: renewals({ state: 'renewed' }),
  },
  {
    key: 'smaller',
    label: 'For less',
    means: 'Of them renewed for less',
    group: 'Renewals',
    of: 'work',
    value: inState('renewedSmaller'),
    text: count,
    exact: arrInState('renewedSmaller'),
    behind: renewals({ state: 'renewedSmaller' }),
  },
  {
    key: 'lost',
    label: 'Lost',
    means: 'Of them lost',
    group: 'Renewals',
    of: 'work',
    value: inState('lost'),
    text: count,
    exact: arrInState('lost'),
    behind: renewals({ state: 'lost' }),
  },
  {
    key: 'touches',
    label: 'Touches',
    means: 'Touches of the accounts in the months of the page; opens the accounts that had one',
    group: 'Work',
    of: 'work',
    value: ({ work: done }) => done?.touches ?? null,
    text: count,
    exact: (_value, { work: done }) => `On ${plural(done?.touchedAccounts ?? 0, 'account')}`,
    behind: work('touched'),
  },
  {
    key: 'overdue',
    label: 'Overdue tasks',
    means: 'Their own open tasks whose day has passed; opens the accounts that have one',
    group: 'Work',
    of: 'work',
    value: ({ work: done }) => done?.overdueTasks ?? null,
    text: count,
    behind: work('overdueTasks'),
  },
  {
    key: 'goals',
    label: 'Goals',
    means: 'Their own goals that run; opens the accounts that have one',
    group: 'Work',
    of: 'work',
    value: ({ work: done }) => done?.openGoals ?? null,
    text: count,
    behind: work('openGoals'),
  },
  {
    key: 'answer',
    label: 'To answer',
    means: 'Median business hours from an alert to its first answer',
    group: 'Alerts',
    of: 'work',
    value: ({ work: done }) => done?.alerts.medianHoursToAcknowledge ?? null,
    text: (value) => `${formatNumber(value, value < 10 ? 1 : 0)} h`,
    exact: (_value, { work: done }) =>
      `${formatNumber(done?.alerts.answered ?? 0)} of ${plural(done?.alerts.opened ?? 0, 'alert')} answered`,
    plain: (value) => Math.round(value * 10) / 10,
    behind: work('answered'),
  },
  {
    key: 'resolve',
    label: 'To resolve',
    means: 'Median days from an alert to its end by a person',
    group: 'Alerts',
    of: 'work',
    value: ({ work: done }) => done?.alerts.medianDaysToResolve ?? null,
    text: (value) => `${formatNumber(value, 1)} d`,
    exact: (_value, { work: done }) =>
      `${formatNumber(done?.alerts.resolved ?? 0)} of ${plural(done?.alerts.opened ?? 0, 'alert')} resolved`,
    plain: (value) => Math.round(value * 10) / 10,
    behind: work('resolved'),
  },
];

export interface OwnerSort {
  key: string;
  rising: boolean;
}

/** `arr` from the highest, `-arr` from the lowest; owners by name. */
export function sortOf(text: string | undefined): OwnerSort {
  const rising = text?.startsWith('-') ?? false;
  const key = rising ? text?.slice(1) : text;
  const known = key === 'name' || key === 'bands' || OWNER_COLUMNS.some((column) => column.key === key);
  return known && key !== undefined ? { key, rising } : { key: 'arr', rising: false };
}

/** A second choice of the same column turns the order around. */
export const sortText = (now: OwnerSort, key: string): string | undefined => {
  const rising = now.key === key ? !now.rising : key === 'name';
  const text = `${rising ? '-' : ''}${key}`;
  return text === 'arr' ? undefined : text;
};

/** What rows are ordered by: the share at risk for the bands. */
export function sortValue({ key }: OwnerSort): (row: OwnerRow) => number | string | null {
  if (key === 'name') return ({ name }) => name;
  if (key === 'bands') {
    return ({ book }) =>
      book === null || book.accounts === 0 ? null : (book.bands.at_risk?.accounts ?? 0) / book.accounts;
  }
  return OWNER_COLUMNS.find((column) => column.key === key)?.value ?? (({ name }) => name);
}
