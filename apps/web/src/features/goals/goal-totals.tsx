import { useQuery } from '@tanstack/react-query';
import { type GoalQuestion, goalsQuery } from '../../components/goal/get-goals.js';
import { formatMoney, formatMoneyCompact, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './goals-layout.module.css';

/** How many goals are live, and the ARR of their accounts, each once. */
export function GoalTotals({ question }: { question: GoalQuestion }) {
  const currency = useCurrency();
  const { data } = useQuery(goalsQuery({ ...question, limit: 1 }));
  if (!data) return null;
  const atRisk = data.byStatus.atRisk ?? 0;
  return (
    <span className={classes.totals} role="status">
      {plural(data.total, 'live goal')}
      {atRisk === 0 ? '' : `, ${atRisk} at risk`}
      {data.arrMinor === null ? null : (
        <>
          {' · '}
          <strong className="tabular" title={formatMoney(data.arrMinor, currency)}>
            {formatMoneyCompact(data.arrMinor, currency)}
          </strong>{' '}
          ARR of their accounts
        </>
      )}
    </span>
  );
}
