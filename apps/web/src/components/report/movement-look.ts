import type { Movement } from '@steward/shared/ledger';
import type { SeriesLook } from './series-look.js';

export const MOVEMENT_WORDS: Record<Movement, string> = {
  new: 'New',
  expansion: 'Expansion',
  contraction: 'Contraction',
  churn: 'Churn',
  reactivation: 'Reactivation',
};

/** Each kind with a colour and a shape of its own. */
export const MOVEMENT_LOOKS: Record<Movement, SeriesLook> = {
  new: { color: 'var(--accent)', shape: 'plus' },
  expansion: { color: 'var(--band-healthy)', shape: 'triangleUp' },
  reactivation: { color: 'var(--band-unknown)', shape: 'circle' },
  contraction: { color: 'var(--band-watch)', shape: 'triangleDown' },
  churn: { color: 'var(--band-at-risk)', shape: 'diamond' },
};

/** From what comes to what goes. */
export const MOVEMENT_ORDER: readonly Movement[] = ['new', 'expansion', 'reactivation', 'contraction', 'churn'];
