import { TIMELINE_KINDS, type TimelineEntry, type TimelineKind } from '@steward/shared/timeline';
import type { Icon } from '@tabler/icons-react';
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconBusinessplan,
  IconChecklist,
  IconEdit,
  IconFileInvoice,
  IconHeartbeat,
  IconLayersIntersect,
  IconLifebuoy,
  IconMail,
  IconMessageCircle,
  IconNote,
  IconPhone,
  IconPlugConnected,
  IconRefresh,
  IconRoute,
  IconStairs,
  IconStar,
  IconTarget,
  IconUsers,
} from '@tabler/icons-react';

export const KIND_WORDS: Record<TimelineKind, string> = {
  touchpoint: 'Touches',
  alert: 'Alerts',
  goal: 'Goals',
  task: 'Tasks',
  health: 'Health',
  stage: 'Stage',
  tier: 'Tier',
  ticket: 'Tickets',
  invoice: 'Invoices',
  survey: 'Answers',
  deal: 'Deals',
  subscription: 'Subscriptions',
  pulse: 'Pulse',
  segment: 'Segments',
  renewal: 'Renewals',
  owner: 'Owners',
  edit: 'Edits',
};

const ICONS: Record<TimelineKind, Icon> = {
  touchpoint: IconMessageCircle,
  alert: IconAlertTriangle,
  goal: IconTarget,
  task: IconChecklist,
  health: IconHeartbeat,
  stage: IconRoute,
  tier: IconStairs,
  ticket: IconLifebuoy,
  invoice: IconFileInvoice,
  survey: IconStar,
  deal: IconBusinessplan,
  subscription: IconPlugConnected,
  pulse: IconHeartbeat,
  segment: IconLayersIntersect,
  renewal: IconRefresh,
  owner: IconArrowsExchange,
  edit: IconEdit,
};
const TOUCH_ICONS: Record<string, Icon> = {
  call: IconPhone,
  meeting: IconUsers,
  email: IconMail,
  note: IconNote,
};

export const iconOf = ({ kind, what }: Pick<TimelineEntry, 'kind' | 'what'>): Icon =>
  (kind === 'touchpoint' ? TOUCH_ICONS[what] : undefined) ?? ICONS[kind];

const BAD: ReadonlySet<string> = new Set([
  'alert.opened',
  'alert.escalated',
  'goal.atRisk',
  'goal.missed',
  'health.down',
  'invoice.overdue',
  'invoice.failed',
  'deal.lost',
  'subscription.ended',
  'renewal.lost',
  'renewal.renewedSmaller',
]);
const GOOD: ReadonlySet<string> = new Set([
  'goal.achieved',
  'goal.onTrack',
  'health.up',
  'deal.won',
  'renewal.renewed',
  'alert.resolved',
]);

/** Whether it is good or bad news; its words say so too. */
export function newsOf({ kind, what }: Pick<TimelineEntry, 'kind' | 'what'>): 'good' | 'bad' | undefined {
  if (BAD.has(`${kind}.${what}`)) return 'bad';
  return GOOD.has(`${kind}.${what}`) ? 'good' : undefined;
}

/** The kinds that an address names, in their own order. */
export function kindsOf(text: string | undefined): TimelineKind[] {
  const named = new Set((text ?? '').split(','));
  return TIMELINE_KINDS.filter((kind) => named.has(kind));
}
