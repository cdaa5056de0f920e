import { formatNumber } from '../../../lib/format.js';
import { useCurrency } from '../../../lib/me.js';
import { formatSignal } from '../../../lib/signal-value.js';
import type { SignalFigures } from '../get-figures.js';
import { curveOf, stretchOf } from './curve.js';
import classes from './editor.module.css';
import type { NormalizerDraft } from './profile-draft.js';

const WIDTH = 320;
const HEIGHT = 92;

interface CurvePreviewProps {
  normalizer: NormalizerDraft;
  unit: string | null;
  /** Null: not known (yet). */
  figures: SignalFigures | null;
}

/** What a value scores, drawn over how many accounts have it today. */
export function CurvePreview({ normalizer, unit, figures }: CurvePreviewProps) {
  const currency = useCurrency();
  const { low, high } = stretchOf(normalizer, figures);
  const curve = curveOf(normalizer, low, high);
  const x = (value: number) => ((value - low) / (high - low)) * WIDTH;
  const y = (score: number) => HEIGHT - (score / 100) * (HEIGHT - 6) - 1;
  const most = Math.max(1, ...(figures?.bins ?? []).map(({ accounts }) => accounts));
  const value = (at: number) => formatSignal(Math.round(at * 100) / 100, unit, currency);
  return (
    <figure className={classes.curve}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden focusable="false">
        {(figures?.bins ?? []).map((bin) => {
          const left = x(bin.from);
          // A constant signal has one bin without a width.
          const width = Math.max(3, x(bin.to) - left - 0.5);
          const height = (bin.accounts / most) * (HEIGHT - 8);
          return bin.accounts === 0 ? null : (
            <rect
              key={bin.from}
              x={left}
              y={HEIGHT - Math.max(1, height)}
              width={width}
              height={Math.max(1, height)}
              className={classes.curveBar}
            />
          );
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className={classes.curveAxis} />
        {curve === null ? null : (
          <polyline
            points={curve.map((point) => `${x(point.value).toFixed(1)},${y(point.score).toFixed(1)}`).join(' ')}
            className={classes.curveLine}
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
      <div className={classes.curveEnds} aria-hidden>
        <span>{value(low)}</span>
        <span>{value(high)}</span>
      </div>
      <figcaption>{figures === null ? null : figuresWords(figures, value)}</figcaption>
    </figure>
  );
}

/** “Half of the 80 accounts with a value have 48 % or less; nine in ten lie between 5 % and 96 %. 12 have none.” */
export function figuresWords(figures: SignalFigures, value: (at: number) => string): string {
  const { connected, withValue, withoutValue, min, max, p5, p50, p95 } = figures;
  const none =
    withoutValue === 0 ? '' : ` ${formatNumber(withoutValue)} ${withoutValue === 1 ? 'has' : 'have'} no value.`;
  if (!connected) return 'Not connected: the workspace has never delivered what it is computed from.';
  if (withValue === 0 || min === null || max === null || p5 === null || p50 === null || p95 === null) {
    return 'No account has a value today.';
  }
  const accounts =
    withValue === 1 ? 'The one account with a value' : `All ${formatNumber(withValue)} accounts with a value`;
  if (min === max)
    return `${accounts} ${withValue === 1 ? 'has' : 'have'} ${value(min)}: it tells none from another.${none}`;
  return `Half of the ${formatNumber(withValue)} accounts with a value have ${value(p50)} or less; nine in ten lie between ${value(p5)} and ${value(p95)}.${none}`;
}
