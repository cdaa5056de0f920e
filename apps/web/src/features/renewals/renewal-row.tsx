import { Button, Table } from '@mantine/core';
import type { RenewalRow } from '@steward/shared/renewals';
import { Link } from '@tanstack/react-router';
import { useOutcome } from '../../components/renewal/change-renewals.js';
import { AmountCell, CategoryCell } from '../../components/renewal/forecast-cells.js';
import { RenewalFlags } from '../../components/renewal/renewal-flags.js';
import { isOpen, STATE_WORDS } from '../../components/renewal/renewal-words.js';
import { BAND_WORDS, BandShape } from '../../components/ui/band.js';
import frame from '../../components/ui/frame.module.css';
import { humanize } from '../../lib/catalogue.js';
import { formatDay, relativeDay } from '../../lib/days.js';
import { formatMoney, formatScore, NONE } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import classes from './renewal-table.module.css';

interface RenewalTableRowProps {
  row: RenewalRow;
  editable: boolean;
  onOutcome: () => void;
}

export function RenewalTableRow({ row, editable, onOutcome }: RenewalTableRowProps) {
  const currency = useCurrency();
  const { today } = useMe().workspace;
  const { account, lastTouch } = row;
  const { undo } = useOutcome();
  const owners = [account.csm?.name, account.am?.name].filter((name) => name !== undefined);
  return (
    <Table.Tr>
      <Table.Td className={classes.account}>
        <Link
          to="/accounts/$accountId"
          params={{ accountId: account.id }}
          search={{ tab: 'revenue' }}
          className={frame.name}
          title={owners.length === 0 ? undefined : owners.join(', ')}
        >
          {account.name}
        </Link>
        {account.tier ? <span className={classes.tier}>{account.tier}</span> : null}
      </Table.Td>
      <Table.Td className={classes.nowrap}>
        {account.band ? (
          <span className={classes.health} title={BAND_WORDS[account.band]}>
            <BandShape band={account.band} />
            <span className="tabular">{formatScore(account.score)}</span>
            <span className={frame.said}>{BAND_WORDS[account.band]}</span>
          </span>
        ) : (
          <span className={classes.dim} title="No score yet">
            {NONE}
          </span>
        )}
      </Table.Td>
      <Table.Td className={`${classes.nowrap} tabular`}>
        {formatDay(row.dueOn)}{' '}
        <span className={row.state === 'overdue' ? classes.bad : classes.dim}>{relativeDay(row.dueOn, today)}</span>
      </Table.Td>
      <Table.Td className={`${classes.nowrap} tabular`}>
        <Notice row={row} today={today} />
      </Table.Td>
      <Table.Td ta="right" className={`${classes.nowrap} tabular`}>
        <span title={row.amountMinor === null ? 'What it is worth is not known' : undefined}>
          {formatMoney(row.amountMinor, currency)}
        </span>
      </Table.Td>
      <Table.Td>
        <CategoryCell renewal={row} name={account.name} editable={editable} />
      </Table.Td>
      <Table.Td ta="right">
        <AmountCell renewal={row} name={account.name} editable={editable} />
      </Table.Td>
      <Table.Td className={classes.nowrap}>
        {lastTouch ? (
          <span title={`${humanize(lastTouch.kind)} on ${formatDay(lastTouch.day)}`}>
            {relativeDay(lastTouch.day, today)}
          </span>
        ) : (
          <span className={classes.dim} title="Nobody has been in touch yet">
            never
          </span>
        )}
      </Table.Td>
      <Table.Td>
        {isOpen(row) ? (
          <RenewalFlags
            renewal={row}
            leaving={account.leaving}
            leavesOn={account.leavesOn}
            autoRenew={row.autoRenew === true}
          />
        ) : (
          <Decided row={row} />
        )}
      </Table.Td>
      <Table.Td ta="right" className={classes.deeds}>
        {editable && isOpen(row) ? (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Outcome of ${account.name}, due ${formatDay(row.dueOn)}`}
            onClick={onOutcome}
          >
            Outcome…
          </Button>
        ) : null}
        {editable && row.mayUndo ? (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Take the outcome of ${account.name} back`}
            loading={undo.isPending}
            onClick={() => undo.mutate(row)}
          >
            Take back
          </Button>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

/** Until when notice can be given; a day that has passed matters no more once it has. */
function Notice({ row, today }: { row: RenewalRow; today: string }) {
  if (!row.noticeDeadline || !isOpen(row)) {
    return (
      <span className={classes.dim} title="No notice period is known">
        {NONE}
      </span>
    );
  }
  const passed = row.noticeDeadline < today;
  return (
    <span
      className={passed ? classes.dim : undefined}
      title={passed ? 'Notice could be given until then; the day has passed' : relativeDay(row.noticeDeadline, today)}
    >
      {formatDay(row.noticeDeadline)}
      {passed ? ', passed' : ''}
    </span>
  );
}

function Decided({ row }: { row: RenewalRow }) {
  const currency = useCurrency();
  const why = [row.reason?.label, row.note].filter(Boolean).join(': ');
  return (
    <span
      className={row.state === 'lost' ? classes.bad : undefined}
      title={[
        row.outcomeDay ? formatDay(row.outcomeDay) : '',
        row.decidedBy ? `by ${row.decidedBy}` : 'by the facts',
        why,
      ]
        .filter((part) => part !== '')
        .join(', ')}
    >
      {STATE_WORDS[row.state]}
      {row.renewedAmountMinor !== null && row.state !== 'lost' ? (
        <span className="tabular"> at {formatMoney(row.renewedAmountMinor, currency)}</span>
      ) : null}
      {row.state === 'lost' && row.reason ? <span className={classes.dim}> · {row.reason.label}</span> : null}
    </span>
  );
}
