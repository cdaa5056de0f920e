import { Table } from '@mantine/core';
import type { Today } from '@steward/shared/today';
import { Link } from '@tanstack/react-router';
import { BandShape } from '../../components/ui/band.js';
import frame from '../../components/ui/frame.module.css';
import { Section } from '../../components/ui/section.js';
import { formatMoney, formatMoneyCompact, formatNumber } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './today.module.css';

/** Whose book holds how much, and how much of it is at risk; each line opens the accounts behind it. */
export function OwnerBlock({ owners }: { owners: NonNullable<Today['owners']> }) {
  const currency = useCurrency();
  const money = (amount: number | null) => (
    <span title={formatMoney(amount, currency)}>{formatMoneyCompact(amount, currency)}</span>
  );
  return (
    <Section title="By CSM" note="Most ARR at risk first">
      {owners.length === 0 ? <p className={classes.quiet}>No live accounts.</p> : null}
      {owners.length === 0 ? null : (
        <Table aria-label="Accounts by CSM" className="tabular">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>CSM</Table.Th>
              <Table.Th ta="right">Accounts</Table.Th>
              <Table.Th ta="right">ARR</Table.Th>
              <Table.Th ta="right">At risk</Table.Th>
              <Table.Th ta="right">ARR at risk</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {owners.map(({ owner, accounts, arrMinor, atRisk, atRiskArrMinor, partly }) => (
              <Table.Tr key={owner?.userId ?? 'nobody'}>
                <Table.Td>
                  <Link
                    to="/accounts"
                    search={{ owner: owner?.userId ?? 'none', status: 'trial,customer', sort: 'health.score:asc' }}
                    className={frame.nameClipped}
                  >
                    {owner?.name ?? 'Nobody'}
                  </Link>
                  {partly ? (
                    <span className={classes.part} title="Of another team: the accounts of theirs that you may see">
                      in part
                    </span>
                  ) : null}
                </Table.Td>
                <Table.Td ta="right">{formatNumber(accounts)}</Table.Td>
                <Table.Td ta="right">{money(arrMinor)}</Table.Td>
                <Table.Td ta="right">
                  {atRisk === 0 ? null : <BandShape band="at_risk" size={9} />} {formatNumber(atRisk)}
                </Table.Td>
                <Table.Td ta="right">{money(atRiskArrMinor)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}
