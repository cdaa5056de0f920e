import { Button, Skeleton, Table } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import type { Renewal } from '@steward/shared/renewals';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { subscriptionsQuery } from '../../../components/deal/get-deals.js';
import { useOutcome } from '../../../components/renewal/change-renewals.js';
import { AmountCell, CategoryCell } from '../../../components/renewal/forecast-cells.js';
import { accountRenewalsQuery } from '../../../components/renewal/get-renewals.js';
import { OutcomeDialog } from '../../../components/renewal/outcome-dialog.js';
import { RenewalFlags } from '../../../components/renewal/renewal-flags.js';
import { isOpen, STATE_WORDS } from '../../../components/renewal/renewal-words.js';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { Section } from '../../../components/ui/section.js';
import { formatDay, relativeDay } from '../../../lib/days.js';
import { formatMoney, NONE } from '../../../lib/format.js';
import { useCurrency, useMe } from '../../../lib/me.js';
import { renewalsOn } from './as-it-stood.js';
import classes from './revenue.module.css';

interface RenewalsSectionProps {
  account: AccountDetail;
  asOf: string | undefined;
  editable: boolean;
}

/** The renewals of the account: the one that is due with its forecast, and what became of those before. */
export function RenewalsSection({ account, asOf, editable }: RenewalsSectionProps) {
  const { data, error, refetch } = useQuery(accountRenewalsQuery(account.id));
  // Which renewals there were on an earlier day, the subscriptions of then tell.
  const past = useQuery({ ...subscriptionsQuery(account.id), enabled: asOf !== undefined });
  const failure = error ?? (asOf === undefined ? null : past.error);
  const renewals =
    asOf === undefined ? data?.renewals : data && past.data && renewalsOn(data.renewals, past.data.subscriptions, asOf);
  const [ended, setEnded] = useState<Renewal | null>(null);
  const leaving = account.leavesOn !== null || account.noticeGivenOn !== null;
  return (
    <Section title="Renewals">
      {failure ? (
        <LoadFailed
          title="Renewals could not be loaded"
          error={failure}
          onRetry={() => Promise.all([refetch(), asOf === undefined ? null : past.refetch()])}
        />
      ) : null}
      {renewals || failure ? null : <Skeleton h={90} />}
      {renewals?.length === 0 ? (
        <p className={classes.none}>None: no active subscription ends, and the account has no renewal date.</p>
      ) : null}
      {renewals && renewals.length > 0 ? (
        <Table.ScrollContainer minWidth={640} type="native">
          <Table highlightOnHover aria-label="Renewals">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Due</Table.Th>
                <Table.Th ta="right">Amount</Table.Th>
                {asOf === undefined ? (
                  <>
                    <Table.Th>Forecast</Table.Th>
                    <Table.Th ta="right">Forecast amount</Table.Th>
                  </>
                ) : null}
                <Table.Th>What became of it</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {renewals.map((renewal) => (
                <RenewalLine
                  key={renewal.dueOn}
                  renewal={renewal}
                  name={account.name}
                  asOf={asOf}
                  leaving={leaving}
                  editable={editable}
                  onOutcome={() => setEnded(renewal)}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
      {ended ? (
        <OutcomeDialog renewal={ended} name={account.name} lost={leaving} onClose={() => setEnded(null)} />
      ) : null}
    </Section>
  );
}

interface RenewalLineProps {
  renewal: Renewal;
  name: string;
  asOf: string | undefined;
  leaving: boolean;
  editable: boolean;
  onOutcome: () => void;
}

function RenewalLine({ renewal, name, asOf, leaving, editable, onOutcome }: RenewalLineProps) {
  const currency = useCurrency();
  const { today } = useMe().workspace;
  const { undo } = useOutcome();
  return (
    <Table.Tr>
      <Table.Td className={`${classes.nowrap} tabular`}>
        {formatDay(renewal.dueOn)}{' '}
        <span className={renewal.state === 'overdue' ? classes.bad : classes.dim}>
          {relativeDay(renewal.dueOn, asOf ?? today)}
        </span>
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        {formatMoney(renewal.amountMinor, currency)}
      </Table.Td>
      {asOf === undefined ? (
        <>
          <Table.Td>
            <CategoryCell renewal={renewal} name={name} editable={editable} />
          </Table.Td>
          <Table.Td ta="right">
            <AmountCell renewal={renewal} name={name} editable={editable} />
          </Table.Td>
        </>
      ) : null}
      <Table.Td>
        {isOpen(renewal) ? <RenewalFlags renewal={renewal} leaving={leaving} /> : <Became renewal={renewal} />}
      </Table.Td>
      <Table.Td ta="right" className={classes.nowrap}>
        {editable && isOpen(renewal) ? (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={`Outcome of the renewal due ${formatDay(renewal.dueOn)}`}
            onClick={onOutcome}
          >
            Outcome…
          </Button>
        ) : null}
        {editable && renewal.mayUndo ? (
          <Button variant="default" size="compact-xs" loading={undo.isPending} onClick={() => undo.mutate(renewal)}>
            Take back
          </Button>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

function Became({ renewal }: { renewal: Renewal }) {
  const currency = useCurrency();
  const { state, renewedAmountMinor, reason, note, outcomeDay, decidedBy } = renewal;
  const teller = decidedBy ? `told by ${decidedBy}` : 'as the facts tell';
  return (
    <>
      <span className={state === 'lost' ? classes.bad : undefined}>{STATE_WORDS[state]}</span>
      {state !== 'lost' && renewedAmountMinor !== null ? ` at ${formatMoney(renewedAmountMinor, currency)}` : ''}
      {reason ? `: ${reason.label}` : ''}
      <span className={classes.dim}>
        {' '}
        {outcomeDay ? formatDay(outcomeDay) : NONE}, {teller}
      </span>
      {note ? <div className={classes.dim}>{note}</div> : null}
    </>
  );
}
