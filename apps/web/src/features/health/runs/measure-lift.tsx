import { Table } from '@mantine/core';
import type { BacktestMeasure } from '@steward/shared/health-studio';
import { formatNumber, formatPercent, NONE } from '../../../lib/format.js';
import parts from '../parts.module.css';
import { estimateWords } from './run-words.js';

/** What each measure tells alone, the most telling first; those that cannot be judged last. */
export function MeasureLift({ measures, did }: { measures: readonly BacktestMeasure[]; did: string }) {
  const sorted = [...measures].sort((a, b) => (b.auc?.value ?? -1) - (a.auc?.value ?? -1));
  const percent = (rate: BacktestMeasure['top']) =>
    rate?.rate ? formatPercent(rate.rate.value * 100, rate.rate.value < 0.1 ? 1 : 0) : NONE;
  const counts = (rate: BacktestMeasure['top']) =>
    rate ? `${formatNumber(rate.events)} of ${formatNumber(rate.observations)} observations ${did}` : undefined;
  return (
    <Table.ScrollContainer minWidth={760} type="native">
      <Table aria-label="Measures by what they tell" verticalSpacing={5}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Measure</Table.Th>
            <Table.Th ta="right" w={70}>
              Share
            </Table.Th>
            <Table.Th ta="right" w={70} title="Share of the observations with a value">
              Known
            </Table.Th>
            <Table.Th
              ta="right"
              w={170}
              title="Chance that of two accounts the one with fewer points is the one that left"
            >
              AUC alone
            </Table.Th>
            <Table.Th ta="right" w={100} title={`Of the fifth with the fewest points, those that ${did}`}>
              Fewest points
            </Table.Th>
            <Table.Th ta="right" w={100} title={`Of the fifth with the most points, those that ${did}`}>
              Most points
            </Table.Th>
            <Table.Th ta="right" w={70} title="Rate of the fewest points ÷ rate of the most">
              Lift
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map(({ signal, label, share, known, auc, bottom, top, lift, remark }) => (
            <Table.Tr key={signal}>
              <Table.Th scope="row" className={parts.rowHead}>
                {label}
                {remark === null ? null : <div className={parts.dim}>{remark}</div>}
              </Table.Th>
              <Table.Td ta="right" className="tabular">
                {formatPercent(share, 1)}
              </Table.Td>
              <Table.Td ta="right" className="tabular">
                {formatPercent(known * 100)}
              </Table.Td>
              <Table.Td ta="right" className="tabular">
                {estimateWords(auc)}
              </Table.Td>
              <Table.Td ta="right" className="tabular" title={counts(bottom)}>
                {percent(bottom)}
              </Table.Td>
              <Table.Td ta="right" className="tabular" title={counts(top)}>
                {percent(top)}
              </Table.Td>
              <Table.Td ta="right" className="tabular" title={lift === null ? 'Nothing to divide by' : undefined}>
                {lift === null ? NONE : `${formatNumber(lift, 1)} ×`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
