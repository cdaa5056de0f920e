import { UnstyledButton } from '@mantine/core';
import type { DraftEffect } from '@steward/shared/health-studio';
import { BAND_ORDER, BAND_WORDS, BandLabel } from '../../../components/ui/band.js';
import { formatMoney, formatNumber, plural } from '../../../lib/format.js';
import parts from '../parts.module.css';
import classes from './effect.module.css';
import { moveWords } from './effect-words.js';
import type { BandMove } from './get-effect.js';

interface BandMatrixProps {
  effect: DraftEffect;
  chosen: BandMove | null;
  onChoose: (move: BandMove | null) => void;
}

/** From which band to which: rows as published, columns with the draft. A change is a switch of the list below. */
export function BandMatrix({ effect: { moves, bands, currency }, chosen, onChoose }: BandMatrixProps) {
  const totals = new Map(bands.map(({ band, before, after }) => [band, { before, after }]));
  return (
    <div className={classes.scrolls}>
      <table className={classes.matrix} aria-label="Accounts by band, as published and with the draft">
        <thead>
          <tr>
            <th scope="col">
              <span className={parts.dim}>Published ↓ draft →</span>
            </th>
            {BAND_ORDER.map((band) => (
              <th key={band} scope="col">
                <BandLabel band={band} />
              </th>
            ))}
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          {BAND_ORDER.map((from) => (
            <tr key={from}>
              <th scope="row">
                <BandLabel band={from} />
              </th>
              {BAND_ORDER.map((to) => {
                const move = moves.find((each) => each.from === from && each.to === to);
                const isChosen = chosen?.from === from && chosen.to === to;
                return (
                  <td key={to} data-same={from === to || undefined}>
                    {move === undefined || move.accounts === 0 ? (
                      <span className={parts.dim}>·</span>
                    ) : from === to ? (
                      formatNumber(move.accounts)
                    ) : (
                      <UnstyledButton
                        className={classes.move}
                        aria-pressed={isChosen}
                        aria-label={`${moveWords(from, to)}: ${plural(move.accounts, 'account')}`}
                        title={`${moveWords(from, to)}: ${plural(move.accounts, 'account')}, ${formatMoney(move.arrMinor, currency)}`}
                        onClick={() => onChoose(isChosen ? null : { from, to })}
                      >
                        {formatNumber(move.accounts)}
                      </UnstyledButton>
                    )}
                  </td>
                );
              })}
              <td title={`${formatMoney(totals.get(from)?.before.arrMinor ?? null, currency)} as published`}>
                {formatNumber(totals.get(from)?.before.accounts ?? 0)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {BAND_ORDER.map((band) => {
              const { before, after } = totals.get(band) ?? NONE_AT_ALL;
              return (
                <td
                  key={band}
                  title={`${BAND_WORDS[band]}: ${formatMoney(before.arrMinor, currency)} → ${formatMoney(after.arrMinor, currency)}`}
                >
                  {formatNumber(after.accounts)}
                </td>
              );
            })}
            <td>{formatNumber(bands.reduce((sum, { after }) => sum + after.accounts, 0))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const NONE_AT_ALL = { before: { accounts: 0, arrMinor: null }, after: { accounts: 0, arrMinor: null } };
