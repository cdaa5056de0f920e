import { formatDelta } from '../../lib/format.js';

interface DeltaProps {
  change: number | null;
  /** Which direction is good news; none leaves the colour out. */
  better?: 'up' | 'down' | 'none';
  digits?: number;
  title?: string;
}

export function Delta({ change, better = 'up', digits = 0, title }: DeltaProps) {
  const shown = formatDelta(change, digits);
  const good = change === null || better === 'none' || shown === '0' ? null : change > 0 === (better === 'up');
  const color = good === null ? 'var(--text-dim)' : good ? 'var(--good)' : 'var(--bad)';
  return (
    <span className="tabular" style={{ color, whiteSpace: 'nowrap' }} title={title}>
      {shown}
    </span>
  );
}
