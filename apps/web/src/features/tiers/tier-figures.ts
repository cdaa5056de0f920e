import type { Ratio } from '@steward/shared/report-filters';
import type { TierCell, TierRatio } from '@steward/shared/tier-performance';
import type { ValueFormat } from '../../components/report/chart-data.js';
import { COUNT, MEAN, PERCENT, RATE, wholeMoneyFormat } from '../../components/report/value-formats.js';
import { formatNumber, plural } from '../../lib/format.js';

/** What is told of each tier: its name, what it means, how it is written, and what it is made of in words. */

export type TierFigureKey = 'accounts' | 'arr' | TierRatio;

export interface TierFigure {
  key: TierFigureKey;
  title: string;
  /** Of a column in the table of all figures. */
  short: string;
  means: string;
  format: (currency: string) => ValueFormat;
  /** Which direction is good news. */
  better: 'up' | 'down' | 'none';
  /** The axis ends here unless a value is above. */
  most?: number;
  whole?: boolean;
  /** The axis may begin near the lowest value: what is said lies far from 0. */
  floats?: boolean;
  /** Over a period it is the sum of its months, not the state at the end. */
  adds?: boolean;
  /** What a ratio is made of. */
  note?: (ratio: Ratio, currency: string) => string;
  /** Why there is no value. */
  why: string;
}

const accountsOf = ({ part, of }: Ratio): string => `${formatNumber(part)} of ${plural(of, 'account')}`;
const moneyOf = ({ part, of }: Ratio, currency: string): string =>
  `${wholeMoneyFormat(currency).text(part)} of ${wholeMoneyFormat(currency).text(of)}`;
const NO_START = 'nobody paid at the start';

const FIGURES: readonly TierFigure[] = [
  {
    key: 'accounts',
    title: 'Accounts',
    short: 'Accounts',
    means: 'Live accounts, on trial or customers, at the end of each month.',
    format: () => COUNT,
    better: 'none',
    whole: true,
    why: 'not put down',
  },
  {
    key: 'arr',
    title: 'ARR',
    short: 'ARR',
    means: 'Annual recurring revenue of the live accounts.',
    format: wholeMoneyFormat,
    better: 'up',
    why: 'of no account is it known',
  },
  {
    key: 'meanScore',
    title: 'Mean health score',
    short: 'Score',
    means: 'Mean of the scores of the accounts that have one.',
    format: () => MEAN,
    better: 'up',
    floats: true,
    most: 100,
    note: ({ of }) => `of ${plural(of, 'account')} with a score`,
    why: 'no account has a score',
  },
  {
    key: 'atRisk',
    title: 'At risk',
    short: 'At risk',
    means: 'Share of the live accounts in the band at risk.',
    format: () => PERCENT,
    better: 'down',
    most: 100,
    note: accountsOf,
    why: 'no accounts',
  },
  {
    key: 'contactsPerSeat',
    title: 'Active contacts per seat',
    short: 'Contacts / seat',
    means: 'Contacts active in 28 days, per seat, of accounts of which both are known.',
    format: () => PERCENT,
    better: 'up',
    note: ({ part, of }) => `${plural(part, 'contact')} on ${plural(of, 'seat')}`,
    why: 'seats or usage are not known',
  },
  {
    key: 'breadth',
    title: 'Feature breadth',
    short: 'Breadth',
    means: 'Mean share of the tracked features that an account uses.',
    format: () => PERCENT,
    better: 'up',
    most: 100,
    note: ({ of }) => `mean of ${plural(of, 'account')}`,
    why: 'of no account is it known',
  },
  {
    key: 'touchCoverage',
    title: 'Touch coverage',
    short: 'Touched',
    means: 'Of the accounts with a touch cadence, those whose last touch is no longer ago than that.',
    format: () => PERCENT,
    better: 'up',
    most: 100,
    note: accountsOf,
    why: 'no cadence to keep, or no touches known',
  },
  {
    key: 'alertsPerAccount',
    title: 'Alerts per account',
    short: 'Alerts / account',
    means: 'Alerts that opened in the month, per account; those found for past days afterwards included.',
    format: () => RATE,
    better: 'down',
    adds: true,
    note: ({ part, of }) => `${plural(part, 'alert')}, ${plural(of, 'account')}`,
    why: 'no accounts',
  },
  {
    key: 'goalSuccess',
    title: 'Goal success',
    short: 'Goals',
    means: 'Of the goals that ended in the month, achieved or missed, those achieved.',
    format: () => PERCENT,
    better: 'up',
    most: 100,
    adds: true,
    note: ({ part, of }) => `${formatNumber(part)} of ${plural(of, 'goal')}`,
    why: 'no goal ended',
  },
  {
    key: 'grossRetention',
    title: 'Gross revenue retention',
    short: 'GRR',
    means: 'Of the MRR twelve months before, what was kept, growth left out.',
    format: () => PERCENT,
    better: 'up',
    most: 100,
    floats: true,
    note: moneyOf,
    why: NO_START,
  },
  {
    key: 'netRetention',
    title: 'Net revenue retention',
    short: 'NRR',
    means: 'MRR today of those who paid twelve months before, growth included, against what they paid then.',
    format: () => PERCENT,
    better: 'up',
    floats: true,
    note: moneyOf,
    why: NO_START,
  },
  {
    key: 'logoChurn',
    title: 'Logo churn',
    short: 'Logo churn',
    means: 'Of the accounts that paid twelve months before, those that pay nothing now.',
    format: () => PERCENT,
    better: 'down',
    most: 100,
    note: accountsOf,
    why: NO_START,
  },
];

export const TIER_FIGURES = FIGURES;

/** Revenue that was kept is told of those who paid at the start, whoever there is now. */
const OF_THE_START: readonly TierFigureKey[] = ['grossRetention', 'netRetention', 'logoChurn'];

/** Whether any account stands behind a figure. */
export function anyBehind({ key }: TierFigure, cell: TierCell | null): boolean {
  if (cell === null) return false;
  if (OF_THE_START.includes(key)) return true;
  return cell.accounts > 0 && (key !== 'atRisk' || cell.ratios.atRisk.part > 0);
}

export interface FigureValue {
  value: number | null;
  note?: string;
  why?: string;
}

/** The value of a figure with what it is made of, or why there is none. */
export function figureValue(figure: TierFigure, cell: TierCell | null, currency: string): FigureValue {
  if (cell === null) return { value: null, why: 'not put down' };
  const { key, note, why } = figure;
  if (key === 'accounts') return { value: cell.accounts, note: plural(cell.customers, 'customer') };
  if (key === 'arr') return cell.arrMinor === null ? { value: null, why } : { value: cell.arrMinor };
  return ratioValue(figure, cell.ratios[key], currency, note);
}

function ratioValue({ why }: TierFigure, ratio: Ratio, currency: string, note: TierFigure['note']): FigureValue {
  return ratio.value === null ? { value: null, why } : { value: ratio.value, note: note?.(ratio, currency) };
}
