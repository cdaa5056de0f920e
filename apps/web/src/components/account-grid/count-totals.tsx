import { Button } from '@mantine/core';
import { errorText } from '../../lib/api.js';
import { formatNumber } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { ArrTotal } from './arr-total.js';
import type { useAccountCount } from './count-accounts.js';

type Count = ReturnType<typeof useAccountCount>;

interface CountTotalsProps {
  count: Count;
  /** Counts of the same page that are asked for again with it. */
  others?: readonly Count[];
}

/** "40 accounts · ARR $514.1K"; where a count failed, why, and a way to count again. */
export function CountTotals({ count, others = [] }: CountTotalsProps) {
  const { currency } = useMe().workspace;
  const failed = [count, ...others].filter(({ error }) => error !== null);
  return (
    <>
      {failed.length > 0 ? (
        <>
          Not counted: {errorText(failed[0]?.error)}{' '}
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => {
              for (const each of failed) void each.refetch();
            }}
          >
            Try again
          </Button>{' '}
        </>
      ) : null}
      {count.data ? (
        <>
          <strong className="tabular">{formatNumber(count.data.accounts)}</strong>{' '}
          {count.data.accounts === 1 ? 'account' : 'accounts'}
          {count.data.accounts === 0 ? null : (
            <>
              {' · '}
              <ArrTotal arrMinor={count.data.arrMinor} currency={currency} />
            </>
          )}
        </>
      ) : null}
    </>
  );
}
