import { formatPercent } from '../../../lib/format.js';
import parts from '../parts.module.css';
import classes from './editor.module.css';

/** A part of the score in percent, as a number and as a bar. */
export function ShareBar({ share, title }: { share: number; title?: string }) {
  return (
    <span className={classes.share} title={title}>
      <span className={parts.shareTrack} aria-hidden>
        <span className={parts.shareFill} style={{ width: `${Math.min(100, share)}%` }} />
      </span>
      <span className={classes.shareText}>{formatPercent(share, 1)}</span>
    </span>
  );
}
