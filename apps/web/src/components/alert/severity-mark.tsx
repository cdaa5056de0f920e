import { ALERT_SEVERITIES, type AlertSeverity } from '@steward/shared/alerts';
import { SEVERITY_WORDS } from './alert-words.js';
import classes from './severity-mark.module.css';

const BARS = [3, 5.5, 8, 10.5] as const;

/** How severe: one to four bars, and a filled square with a mark for critical; the word is always there for those who ask. */
export function SeverityMark({ severity, word = false }: { severity: AlertSeverity; word?: boolean }) {
  const level = ALERT_SEVERITIES.indexOf(severity);
  const label = SEVERITY_WORDS[severity];
  return (
    <span className={classes.root} title={word ? undefined : `${label} severity`}>
      <svg
        className={severity === 'critical' || severity === 'high' ? classes.strong : classes.quiet}
        width="14"
        height="14"
        viewBox="0 0 14 14"
        role={word ? undefined : 'img'}
        aria-label={word ? undefined : `${label} severity`}
        aria-hidden={word ? true : undefined}
        focusable="false"
      >
        {severity === 'critical' ? (
          <>
            <rect x="0.5" y="0.5" width="13" height="13" rx="3" fill="currentColor" />
            <path d="M7 3.2v4.4" stroke="var(--surface-page)" strokeWidth="1.8" strokeLinecap="round" />
            <circle cx="7" cy="10.4" r="1.1" fill="var(--surface-page)" />
          </>
        ) : (
          BARS.map((height, place) => (
            <rect
              key={height}
              x={0.5 + place * 3.5}
              y={12.5 - height}
              width="2.5"
              height={height}
              rx="0.8"
              fill="currentColor"
              opacity={place <= level ? 1 : 0.25}
            />
          ))
        )}
      </svg>
      {word ? label : null}
    </span>
  );
}
