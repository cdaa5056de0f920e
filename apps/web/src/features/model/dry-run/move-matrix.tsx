import { UnstyledButton } from '@mantine/core';
import type { ModelFlow } from '@steward/shared/model-versions';
import { formatMoney, formatMoneyCompact, formatNumber, plural } from '../../../lib/format.js';
import classes from './dry-run.module.css';

interface MoveMatrixProps {
  label: string;
  flows: readonly ModelFlow[];
  /** Tiers or stages in order, those that vanish last. */
  places: readonly { key: string; label: string }[];
  currency: string;
  /** Null where who moves is not known. */
  onOpen: ((from: string | null, to: string | null) => void) | null;
}

export const placeLabel = (places: MoveMatrixProps['places'], key: string | null): string =>
  key === null ? 'None yet' : (places.find((place) => place.key === key)?.label ?? key);

/** Who goes from where to where, of those places that anybody leaves or enters: counts with their ARR; a cell opens its accounts. */
export function MoveMatrix({ label, flows, places, currency, onOpen }: MoveMatrixProps) {
  const order = [...places.map(({ key }) => key), null];
  const moves = flows.filter(({ from, to, accounts }) => from !== to && accounts > 0);
  const used = (side: 'from' | 'to') => order.filter((key) => moves.some((flow) => flow[side] === key));
  const [rows, columns] = [used('from'), used('to')];
  if (rows.length === 0) return <p className={classes.quiet}>Nobody.</p>;
  return (
    <div className={classes.scroll}>
      <table className={classes.matrix} aria-label={label}>
        <thead>
          <tr>
            <td />
            {columns.map((to) => (
              <th key={to} scope="col">
                <span className={classes.toWord}>to</span> {placeLabel(places, to)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((from) => (
            <tr key={from}>
              <th scope="row">{placeLabel(places, from)}</th>
              {columns.map((to) => {
                const flow = flows.find((each) => each.from === from && each.to === to);
                return (
                  <td key={to} data-stays={from === to || undefined}>
                    {flow === undefined || flow.accounts === 0 ? null : (
                      <Cell
                        flow={flow}
                        currency={currency}
                        name={
                          from === to
                            ? `${plural(flow.accounts, 'account')} stay in ${placeLabel(places, to)}`
                            : `${plural(flow.accounts, 'account')} from ${placeLabel(places, from)} to ${placeLabel(places, to)}`
                        }
                        onOpen={onOpen === null || from === to ? null : () => onOpen(from, to)}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  flow: ModelFlow;
  currency: string;
  name: string;
  onOpen: (() => void) | null;
}

function Cell({ flow, currency, name, onOpen }: CellProps) {
  const title = `${name}, ARR ${formatMoney(flow.arrMinor, currency)}`;
  const words = (
    <>
      <span className={classes.count}>{formatNumber(flow.accounts)}</span>
      <span className={classes.arr}>{formatMoneyCompact(flow.arrMinor, currency)}</span>
    </>
  );
  if (onOpen === null) {
    return (
      <span className={classes.cell} title={title}>
        {words}
      </span>
    );
  }
  return (
    <UnstyledButton className={classes.cell} title={title} aria-label={title} onClick={onOpen}>
      {words}
    </UnstyledButton>
  );
}
