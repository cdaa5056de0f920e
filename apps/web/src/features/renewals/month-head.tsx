import { Table } from '@mantine/core';
import type { RenewalRow, RenewalTotals } from '@steward/shared/renewals';
import { CategoryMark } from '../../components/renewal/category-mark.js';
import { monthWords } from '../../components/renewal/renewal-words.js';
import { formatMoney, formatMoneyCompact, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './renewal-table.module.css';

interface MonthHeadProps {
  month: string;
  of: RenewalTotals['byMonth'][number] | null;
  columns: number;
}

/** A month above its rows: what is due, by forecast, expected and at risk, over all that match and not this page alone. */
export function MonthHead({ month, of, columns }: MonthHeadProps) {
  const currency = useCurrency();
  const money = (amountMinor: number) => (
    <strong className="tabular" title={formatMoney(amountMinor, currency)}>
      {formatMoneyCompact(amountMinor, currency)}
    </strong>
  );
  return (
    <Table.Tr className={classes.monthRow}>
      <Table.Th colSpan={columns} scope="rowgroup">
        <div className={classes.month}>
          <h2 className={classes.monthName}>{monthWords(month)}</h2>
          {of ? (
            <>
              <span>
                {plural(of.renewals, 'renewal')}
                {of.amountMinor === null ? null : <> · {money(of.amountMinor)} due</>}
                {of.weightedMinor === null ? null : <> · {money(of.weightedMinor)} expected</>}
                {of.atRiskMinor === null ? null : (
                  <span className={classes.bad}> · {money(of.atRiskMinor)} ARR at risk</span>
                )}
                {of.renewedMinor === null ? null : <> · {money(of.renewedMinor)} renewed</>}
                {of.lostMinor === null ? null : <> · {money(of.lostMinor)} lost</>}
              </span>
              <span className={classes.categories}>
                {of.byCategory
                  .filter(({ renewals }) => renewals > 0)
                  .map(({ category, renewals, amountMinor }) => (
                    <span
                      key={category}
                      className={classes.categoryTotal}
                      title={`${plural(renewals, 'renewal')}, ${formatMoney(amountMinor, currency)}`}
                    >
                      <CategoryMark category={category} />{' '}
                      <span className="tabular">{formatMoneyCompact(amountMinor, currency)}</span>
                    </span>
                  ))}
              </span>
            </>
          ) : null}
        </div>
      </Table.Th>
    </Table.Tr>
  );
}

/** Overdue ones above all: past due in the last 60 days, and nobody has said what became of them. */
export function OverdueHead({ rows, columns }: { rows: readonly RenewalRow[]; columns: number }) {
  return (
    <Table.Tr className={classes.monthRow}>
      <Table.Th colSpan={columns} scope="rowgroup">
        <div className={classes.month}>
          <h2 className={`${classes.monthName} ${classes.bad}`}>Overdue</h2>
          <span>{plural(rows.length, 'renewal')} past due without an outcome; they stay on top for 60 days</span>
        </div>
      </Table.Th>
    </Table.Tr>
  );
}
