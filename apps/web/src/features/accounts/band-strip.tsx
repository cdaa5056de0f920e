import { UnstyledButton } from '@mantine/core';
import type { AccountCount } from '@steward/shared/accounts';
import type { Band } from '@steward/shared/common';
import { BAND_ORDER, BAND_WORDS, BandShape } from '../../components/ui/band.js';
import { formatNumber, plural } from '../../lib/format.js';
import classes from './accounts-page.module.css';

interface BandStripProps {
  byBand: AccountCount['byBand'] | undefined;
  chosen: readonly Band[];
  onChange: (bands: Band[]) => void;
}

/** How the matching accounts spread over the bands; each is a switch of the band filter. */
export function BandStrip({ byBand, chosen, onChange }: BandStripProps) {
  return (
    <div className={classes.bands}>
      {BAND_ORDER.map((band) => {
        const pressed = chosen.includes(band);
        return (
          <UnstyledButton
            key={band}
            className={classes.bandToggle}
            aria-pressed={pressed}
            aria-label={byBand ? `${BAND_WORDS[band]}: ${plural(byBand[band] ?? 0, 'account')}` : BAND_WORDS[band]}
            title={BAND_WORDS[band]}
            onClick={() => onChange(pressed ? chosen.filter((each) => each !== band) : [...chosen, band])}
          >
            <BandShape band={band} size={10} />
            {byBand === undefined ? '·' : formatNumber(byBand[band] ?? 0)}
          </UnstyledButton>
        );
      })}
    </div>
  );
}
