import type { RevenueAccounts, RevenuePart } from '@steward/shared/revenue-report';
import { monthWords } from '../../components/renewal/renewal-words.js';
import { MOVEMENT_WORDS } from '../../components/report/movement-look.js';
import type { ReportTable } from '../../components/report/report-table.js';
import { moneyFormat } from '../../components/report/value-formats.js';
import { formatDay } from '../../lib/days.js';
import type { RevenueListQuestion } from './get-revenue.js';

const PART_TITLES: Record<RevenuePart, string> = {
  start: 'Accounts that paid at the start',
  lost: 'Accounts that pay nothing any more',
  shrunk: 'Accounts that pay less',
  same: 'Accounts that pay the same',
  grown: 'Accounts that pay more',
  new: 'New customers',
  expansion: 'Customers who expanded',
  contraction: 'Customers who contracted',
  churn: 'Customers who churned',
  reactivation: 'Customers who came back',
  end: 'Accounts that pay at the end',
};

/** What is listed, and of which time. */
export function listWords(
  { month, span, part }: Pick<RevenueListQuestion, 'month' | 'span' | 'part'>,
  answer: Pick<RevenueAccounts, 'fromDay' | 'toDay'> | null,
): { title: string; when: string } {
  const days = answer && `${formatDay(answer.fromDay)} to ${formatDay(answer.toDay)}`;
  const when =
    span === 'month'
      ? monthWords(month)
      : span === 'year'
        ? `the twelve months that end with ${monthWords(month)}`
        : (days ?? 'the period');
  return { title: PART_TITLES[part], when };
}

type ListedAccount = RevenueAccounts['rows'][number];

/** What became of what it paid: the movement of a month, over a longer time the outcome. */
export function outcomeWords({ movement, startMinor, endMinor }: ListedAccount): string {
  if (movement !== null) return MOVEMENT_WORDS[movement];
  if (endMinor === startMinor) return 'Pays the same';
  if (endMinor === 0) return 'Pays nothing';
  if (startMinor === 0) return 'Came';
  return endMinor > startMinor ? 'Pays more' : 'Pays less';
}

/** The rows as they are shown, for a file. */
export function listTable({ rows, currency }: RevenueAccounts): ReportTable {
  const { text, plain } = moneyFormat(currency);
  const amount = (label: string) => ({ label, numeric: true, fileLabel: `${label} (${currency})` });
  const words = (value: string | null) => ({ text: value ?? '', plain: value });
  return {
    columns: [
      { label: 'Account', numeric: false },
      { label: 'Account id', numeric: false },
      { label: 'Tier', numeric: false },
      { label: 'CSM', numeric: false },
      amount('MRR at start'),
      amount('MRR at end'),
      { label: 'Outcome', numeric: false },
    ],
    rows: rows.map((row) => ({
      key: row.accountId,
      cells: [
        words(row.name),
        words(row.externalId),
        words(row.tier),
        words(row.csm),
        { text: text(row.startMinor), plain: plain(row.startMinor) },
        { text: text(row.endMinor), plain: plain(row.endMinor) },
        words(outcomeWords(row)),
      ],
    })),
  };
}
