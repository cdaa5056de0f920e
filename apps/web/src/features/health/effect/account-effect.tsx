import { Table } from '@mantine/core';
import type { AccountEffect, DraftEffect } from '@steward/shared/health-studio';
import { Link } from '@tanstack/react-router';
import { BAND_WORDS, BandShape } from '../../../components/ui/band.js';
import { Delta } from '../../../components/ui/delta.js';
import { formatNumber, formatPercent, formatScore, NONE } from '../../../lib/format.js';
import parts from '../parts.module.css';

type Side = AccountEffect['before'];

/** One account under the published profiles and with the draft, by what each measure gives. */
export function AccountEffectTable({ account }: { account: NonNullable<DraftEffect['account']> }) {
  const { name, accountId, before, after, measures } = account;
  return (
    <>
      <p className={parts.text}>
        <Link to="/accounts/$accountId" params={{ accountId }}>
          {name}
        </Link>
        : <ScoreWords side={before} /> → <ScoreWords side={after} />
        {before.profile === after.profile ? '' : ` (${before.profile} → ${after.profile})`}
      </p>
      <Table aria-label={`Points of ${name} by measure`} verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Points from</Table.Th>
            <Table.Th ta="right">Published</Table.Th>
            <Table.Th ta="right">Draft</Table.Th>
            <Table.Th ta="right">Change</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {measures.map((measure) => (
            <Table.Tr key={measure.signal}>
              <Table.Th scope="row" className={parts.rowHead}>
                {measure.label}
              </Table.Th>
              <Points value={measure.before} />
              <Points value={measure.after} />
              <Table.Td ta="right">
                <Delta change={(measure.after ?? 0) - (measure.before ?? 0)} digits={1} />
              </Table.Td>
            </Table.Tr>
          ))}
          <SumRow label="Before caps" before={before.beforeLimits} after={after.beforeLimits} />
          <SumRow label={capWords(before, after)} before={capOf(before)} after={capOf(after)} />
        </Table.Tbody>
        <Table.Tfoot>
          <SumRow label="Score" before={before.score} after={after.score} />
        </Table.Tfoot>
      </Table>
      <p className={parts.dim}>
        Coverage {formatPercent(before.coverage)} → {formatPercent(after.coverage)}
        {after.score === null ? `; a score needs ${formatPercent(after.minCoverage)}` : ''}
      </p>
    </>
  );
}

function ScoreWords({ side: { score, band } }: { side: Side }) {
  return (
    <span className={parts.withShape}>
      <BandShape band={band} /> {score === null ? BAND_WORDS[band] : `${formatScore(score)} ${BAND_WORDS[band]}`}
    </span>
  );
}

function Points({ value }: { value: number | null }) {
  return (
    <Table.Td ta="right" className="tabular">
      {value === null ? <span title="Not a measure of this profile">{NONE}</span> : formatNumber(value, 1)}
    </Table.Td>
  );
}

function SumRow({ label, before, after }: { label: string; before: number | null; after: number | null }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" className={parts.rowHead}>
        {label}
      </Table.Th>
      <Table.Td ta="right" className="tabular">
        {formatNumber(before, 1)}
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        {formatNumber(after, 1)}
      </Table.Td>
      <Table.Td ta="right">
        <Delta change={before === null || after === null ? null : after - before} digits={1} />
      </Table.Td>
    </Table.Tr>
  );
}

const capOf = ({ score, limitPoints }: Side): number | null => (score === null ? null : limitPoints);

/** What caps and floors do, by the reason that decides on either side. */
function capWords(before: Side, after: Side): string {
  const reasons = [before, after].flatMap(({ limits }) => limits.filter(({ decisive }) => decisive));
  const words = [...new Set(reasons.map(({ kind, at, reason }) => `${kind} at ${formatNumber(at)}: ${reason}`))];
  return words.length === 0 ? 'Caps and floors' : `Caps and floors (${words.join('; ')})`;
}
