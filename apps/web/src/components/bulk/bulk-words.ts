import type { BulkAction, BulkChange } from '@steward/shared/bulk';
import { plural } from '../../lib/format.js';

type Named = Pick<BulkAction, 'change'>;

/** What is being done, as a heading. */
export function bulkTitle({ change }: Named): string {
  return change === null ? 'Taking it back' : TITLES[change.kind](change as never);
}

const TITLES: { [Kind in BulkChange['kind']]: (change: Extract<BulkChange, { kind: Kind }>) => string } = {
  assign: ({ role, userId }) => {
    const owner = role === 'csm' ? 'CSM' : 'Account manager';
    return userId === null ? `${owner} taken off` : `${owner} assigned`;
  },
  tier: ({ tier }) => `Tier ${tier} by hand`,
  releaseTier: () => 'Tier back to the rules',
  pulse: ({ value }) => `Pulse ${value}`,
  snooze: () => 'Alerts snoozed',
  startPlaybook: () => 'Playbook started',
  tag: ({ add, remove }) =>
    [
      add.length > 0 ? `Tagged ${add.join(', ')}` : null,
      remove.length > 0 ? `${add.length > 0 ? 'without' : 'Tag off:'} ${remove.join(', ')}` : null,
    ]
      .filter((part) => part !== null)
      .join(', '),
};

/** What came of it: only what happened is named. */
export function bulkResult({ state, counts, change }: Pick<BulkAction, 'state' | 'counts' | 'change'>): string {
  const { done, unchanged, refused, gone, due } = counts;
  const parts = [
    `${done === 0 ? 'No account' : plural(done, 'account')} ${change === null ? 'as before' : 'changed'}`,
    unchanged > 0 ? `${plural(unchanged, 'was', 'were')} so already` : null,
    refused > 0 ? `${plural(refused, 'was', 'were')} left alone` : null,
    gone > 0 ? `${plural(gone, 'is', 'are')} no longer yours to see` : null,
    due > 0 ? `${plural(due, 'was', 'were')} not reached` : null,
  ].filter((part) => part !== null);
  const how = state === 'cancelled' ? 'Cancelled: ' : state === 'failed' ? 'It broke off: ' : '';
  return `${how}${parts.join(', ')}.`;
}

/** How much is done, in [0, 100]. */
export function bulkShare({ due, done, unchanged, refused, gone }: BulkAction['counts']): number {
  const settled = done + unchanged + refused + gone;
  return due + settled === 0 ? 100 : (100 * settled) / (due + settled);
}
