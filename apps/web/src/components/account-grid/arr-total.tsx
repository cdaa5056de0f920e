import { formatMoney, formatMoneyCompact } from '../../lib/format.js';

interface ArrTotalProps {
  /** Of the accounts whose ARR is known; null where it is of none. */
  arrMinor: number | null;
  currency: string;
}

/** The ARR of several accounts: short, with the exact amount on hover. */
export function ArrTotal({ arrMinor, currency }: ArrTotalProps) {
  if (arrMinor === null) return <span title="None of these accounts has an ARR">ARR unknown</span>;
  return (
    <>
      ARR{' '}
      <strong className="tabular" title={formatMoney(arrMinor, currency)}>
        {formatMoneyCompact(arrMinor, currency)}
      </strong>
    </>
  );
}
