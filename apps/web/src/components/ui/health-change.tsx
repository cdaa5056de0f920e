import { formatPoints } from '../../lib/format.js';
import { Delta } from './delta.js';

interface HealthChangeProps {
  score: number | null;
  /** Points over 30 days, model changes left out; null where there is nothing to compare with. */
  change: number | null;
}

/** How the score of today stands to that of 30 days ago, in a few words. */
export function HealthChange({ score, change }: HealthChangeProps) {
  const dim = { color: 'var(--text-dim)' };
  if (change === null) return <span style={dim}>{score === null ? 'no score' : 'no score 30 days ago'}</span>;
  return (
    <>
      <Delta change={change} title={`${formatPoints(change)} points over 30 days, model changes left out`} />{' '}
      <span style={dim}>in 30 days</span>
    </>
  );
}
