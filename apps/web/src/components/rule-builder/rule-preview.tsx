import { Table } from '@mantine/core';
import { ARR_RANGES, type SegmentPreview } from '@steward/shared/segment-preview';
import type { SegmentOf } from '@steward/shared/segments';
import { errorText } from '../../lib/api.js';
import { optionLabel, useCatalogue } from '../../lib/catalogue.js';
import {
  formatMoney,
  formatMoneyCompact,
  formatNumber,
  formatScore,
  minorUnits,
  NONE,
  plural,
} from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import { BAND_WORDS, BandLabel } from '../ui/band.js';
import classes from './rule-preview.module.css';
import type { RulePreviewState } from './use-rule-preview.js';

interface RulePreviewProps {
  of: SegmentOf;
  preview: RulePreviewState;
  /** False while a condition is unfinished: what is shown is of the rule before it. */
  complete: boolean;
}

/** What the rule finds: how many, their ARR, how they spread, and the first of them. */
export function RulePreview({ of, preview, complete }: RulePreviewProps) {
  const currency = useCurrency();
  const { found, failure, isStale } = preview;
  return (
    <section className={classes.root} aria-label="What the rule finds" data-stale={isStale ? '' : undefined}>
      <p className={classes.total} role="status">
        {failure ? errorText(failure) : null}
        {failure ? null : (
          <span className={isStale ? classes.dim : undefined}>{found ? totalWords(found, currency) : 'Counting…'}</span>
        )}
        {complete ? null : <span className={classes.dim}> without the unfinished condition</span>}
      </p>
      {found === null || found.total === 0 ? null : (
        <>
          <Spread found={found} currency={currency} />
          {of === 'account' ? <AccountRows found={found} currency={currency} /> : <ContactRows found={found} />}
        </>
      )}
    </section>
  );
}

/** A sum over many accounts is read without its cents. */
function wholeUnits(minor: number, currency: string): number {
  const units = minorUnits(currency);
  return Math.round(minor / units) * units;
}

function totalWords(found: SegmentPreview, currency: string) {
  const arr = found.arrMinor === null ? null : ` · ARR ${formatMoney(wholeUnits(found.arrMinor, currency), currency)}`;
  if (found.of === 'account') {
    return (
      <>
        <strong>{plural(found.total, 'account')}</strong>
        {arr}
      </>
    );
  }
  return (
    <>
      <strong>{plural(found.total, 'contact')}</strong> of {plural(found.accounts, 'account')}
      {arr}
    </>
  );
}

interface Bar {
  key: string;
  label: string;
  count: number;
}

/** “25,000 to 100,000”, in short; the last range has no end. */
function rangeWords(from: number | null, currency: string): string {
  if (from === null) return 'ARR unknown';
  const next = ARR_RANGES[(ARR_RANGES as readonly number[]).indexOf(from) + 1];
  const short = (major: number) => formatMoneyCompact(major * minorUnits(currency), currency);
  if (next === undefined) return `${short(from)} and more`;
  return from === 0 ? `under ${short(next)}` : `${short(from)} to ${short(next)}`;
}

function Spread({ found, currency }: { found: SegmentPreview; currency: string }) {
  const catalogue = useCatalogue();
  const { byBand, byTier, byArr } = found.distribution;
  return (
    <div className={classes.spread}>
      <Bars
        title="By band"
        bars={byBand.map(({ band, count }) => ({
          key: band ?? 'none',
          label: band === null ? 'No band' : BAND_WORDS[band],
          count,
        }))}
      />
      <Bars
        title="By tier"
        bars={byTier.map(({ tier, count }) => ({
          key: tier ?? 'none',
          label: tier === null ? 'No tier' : optionLabel(catalogue, 'tier', tier),
          count,
        }))}
      />
      <Bars
        title="By ARR"
        bars={byArr.map(({ from, count }) => ({ key: String(from), label: rangeWords(from, currency), count }))}
      />
    </div>
  );
}

/** Each bar stands beside its number in words, so that the table is the chart's own twin. */
function Bars({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <table className={classes.bars}>
      <caption>{title}</caption>
      <tbody>
        {bars.map(({ key, label, count }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>
              <span className={classes.bar} style={{ width: `${(count / most) * 100}%` }} aria-hidden />
            </td>
            <td className="tabular">{formatNumber(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AccountRows({ found, currency }: { found: SegmentPreview; currency: string }) {
  return (
    <Table className={classes.rows} aria-label="The first accounts">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Account</Table.Th>
          <Table.Th>Band</Table.Th>
          <Table.Th ta="right">Health</Table.Th>
          <Table.Th ta="right">ARR</Table.Th>
          <Table.Th>CSM</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {found.rows.map((row) => (
          <Table.Tr key={row.id}>
            <Table.Td>{row.name}</Table.Td>
            <Table.Td>{row.band === null ? NONE : <BandLabel band={row.band} />}</Table.Td>
            <Table.Td ta="right" className="tabular">
              {formatScore(row.score)}
            </Table.Td>
            <Table.Td ta="right" className="tabular">
              {formatMoney(row.arrMinor, currency)}
            </Table.Td>
            <Table.Td>{row.csm?.name ?? NONE}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ContactRows({ found }: { found: SegmentPreview }) {
  return (
    <Table className={classes.rows} aria-label="The first contacts">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Contact</Table.Th>
          <Table.Th>Title</Table.Th>
          <Table.Th>Account</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {found.contacts.map((contact) => (
          <Table.Tr key={contact.id}>
            <Table.Td>{contact.name ?? contact.email ?? NONE}</Table.Td>
            <Table.Td>{contact.title ?? NONE}</Table.Td>
            <Table.Td>{contact.account.name}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
