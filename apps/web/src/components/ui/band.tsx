import type { Band } from '@steward/shared/common';
import classes from './band.module.css';

export const BAND_ORDER: readonly Band[] = ['at_risk', 'watch', 'healthy', 'unknown'];

export const BAND_WORDS: Record<Band, string> = {
  at_risk: 'At risk',
  watch: 'Watch',
  healthy: 'Healthy',
  unknown: 'Unknown',
};

/** The colour of a band, as a CSS value. */
export const bandColor = (band: Band): string => `var(--band-${band.replace('_', '-')})`;

const SHAPES: Record<Band, React.ReactNode> = {
  at_risk: <path d="M1 2.2h10L6 11z" fill="currentColor" />,
  watch: <path d="M6 .6 11.4 6 6 11.4.6 6z" fill="currentColor" />,
  healthy: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  unknown: (
    <>
      <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.2" />
      <path d="M3.2 7.6 7.6 3.2M4.6 8.8 8.8 4.6" stroke="currentColor" strokeWidth="1" />
    </>
  ),
};

/** The band's shape in its colour: ▼ at risk, ◆ watch, ● healthy, ○ hatched unknown. */
export function BandShape({ band, size = 11 }: { band: Band; size?: number }) {
  return (
    <svg
      className={`${classes.shape} ${classes[band]}`}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[band]}
    </svg>
  );
}

/** Word, shape and colour. */
export function BandLabel({ band }: { band: Band }) {
  return (
    <span className={classes.root}>
      <BandShape band={band} />
      {BAND_WORDS[band]}
    </span>
  );
}
