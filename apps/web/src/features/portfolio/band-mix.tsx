import type { Book } from '@steward/shared/portfolio';
import { bookBehind, type OwnersOfFigure, type PageOfFigure } from '@steward/shared/portfolio-behind';
import { BAND_ORDER, BAND_WORDS, BandShape, bandColor } from '../../components/ui/band.js';
import { formatMoney, formatNumber, formatPercent, plural } from '../../lib/format.js';
import classes from './band-mix.module.css';
import { Figure } from './figure.js';

interface BandMixProps {
  name: string;
  book: Book;
  owners: OwnersOfFigure;
  page: PageOfFigure;
  currency: string;
}

/** How a book spreads over the bands: a bar, and below it how many of each, which lead to them. */
export function BandMix({ name, book, owners, page, currency }: BandMixProps) {
  return (
    <div className={classes.mix}>
      <div className={classes.bar} aria-hidden>
        {BAND_ORDER.map((band) => {
          const accounts = book.bands[band]?.accounts ?? 0;
          const style = { flexGrow: accounts, '--color': bandColor(band) } as React.CSSProperties;
          return accounts === 0 ? null : <span key={band} className={classes.part} data-band={band} style={style} />;
        })}
      </div>
      <div className={classes.counts}>
        {BAND_ORDER.map((band) => {
          const { accounts, arrMinor } = book.bands[band] ?? { accounts: 0, arrMinor: null };
          const share = book.accounts === 0 ? '' : ` (${formatPercent((100 * accounts) / book.accounts)})`;
          const words = `${plural(accounts, 'account')} ${BAND_WORDS[band].toLowerCase()}${share}`;
          return (
            <Figure
              key={band}
              label={`${name}: ${words}`}
              behind={accounts === 0 ? null : bookBehind(page, owners, { band })}
              title={accounts === 0 ? words : `${words}, ${formatMoney(arrMinor, currency)} of ARR`}
            >
              <BandShape band={band} size={9} />
              {formatNumber(accounts)}
            </Figure>
          );
        })}
      </div>
    </div>
  );
}
