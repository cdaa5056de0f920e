import type { TierSetDraft } from '@steward/shared/model-drafts';
import { TIER_HOLD_DAYS } from '@steward/shared/tiers';
import { formatNumber, plural } from '../../../lib/format.js';

export type TierDraft = TierSetDraft['tiers'][number];

/** Colours that a tier may have: shades of the palette that read in both schemes. */
export const TIER_COLORS = [
  'violet',
  'indigo',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
  'red',
  'pink',
  'grape',
  'gray',
] as const;

export const colorValue = (color: string): string =>
  color === 'gray' || !TIER_COLORS.some((each) => each === color)
    ? 'var(--text-dim)'
    : `light-dark(var(--mantine-color-${color}-8), var(--mantine-color-${color}-4))`;

export const MOST_TIERS = 12;

/** What stands where nothing was ever published: all accounts in one tier. */
export const BLANK_TIERS: TierSetDraft = {
  tiers: [
    {
      key: 'T1',
      label: 'Tier 1',
      color: 'gray',
      rule: null,
      cadenceDays: null,
      responseHours: 72,
      targetAccounts: 400,
    },
  ],
  holdDays: TIER_HOLD_DAYS,
};

/** A key that no tier has: T and the next number. */
export function freeTierKey(tiers: readonly Pick<TierDraft, 'key'>[]): string {
  const keys = new Set(tiers.map(({ key }) => key.toUpperCase()));
  let number = tiers.length + 1;
  while (keys.has(`T${number}`)) number += 1;
  return `T${number}`;
}

/** With one more above the fallback: it begins like the tier above it, with a colour that is free. */
export function withNewTier(body: TierSetDraft): { body: TierSetDraft; key: string } {
  const key = freeTierKey(body.tiers);
  const before = body.tiers.at(-2) ?? body.tiers.at(-1);
  const used = new Set(body.tiers.map(({ color }) => color));
  const tier: TierDraft = {
    key,
    label: `Tier ${key.slice(1)}`,
    color: TIER_COLORS.find((color) => !used.has(color)) ?? 'gray',
    rule: before?.rule ?? null,
    cadenceDays: before?.cadenceDays ?? null,
    responseHours: before?.responseHours ?? null,
    targetAccounts: before?.targetAccounts ?? null,
  };
  return { body: { ...body, tiers: [...body.tiers.slice(0, -1), tier, ...body.tiers.slice(-1)] }, key };
}

export const withTier = (body: TierSetDraft, index: number, change: Partial<TierDraft>): TierSetDraft => ({
  ...body,
  tiers: body.tiers.map((tier, at) => (at === index ? { ...tier, ...change } : tier)),
});

export const withoutTier = (body: TierSetDraft, index: number): TierSetDraft => ({
  ...body,
  tiers: body.tiers.filter((_, at) => at !== index),
});

/** “Touch every 14 days · answer within 4 business hours · 15 accounts an owner”. */
export function tierFacts(tier: Pick<TierDraft, 'cadenceDays' | 'responseHours' | 'targetAccounts'>): string {
  const { cadenceDays, responseHours, targetAccounts } = tier;
  return [
    cadenceDays === null ? 'no touch expected' : `touch every ${plural(cadenceDays, 'day')}`,
    responseHours === null ? null : `answer within ${plural(responseHours, 'business hour')}`,
    targetAccounts === null ? null : `${plural(targetAccounts, 'account')} an owner`,
  ]
    .filter((each) => each !== null)
    .join(' · ');
}

/** The same in short, for a line: “touch 14 d · answer 4 h · 15 accounts”. */
export function tierFactsShort(tier: Pick<TierDraft, 'cadenceDays' | 'responseHours' | 'targetAccounts'>): string {
  const { cadenceDays, responseHours, targetAccounts } = tier;
  return [
    cadenceDays === null ? null : `touch ${formatNumber(cadenceDays)} d`,
    responseHours === null ? null : `answer ${formatNumber(responseHours, 1)} h`,
    targetAccounts === null ? null : plural(targetAccounts, 'account'),
  ]
    .filter((each) => each !== null)
    .join(' · ');
}

/** What the place of a problem is called: `tiers.0.rule` → “Tier 1”. */
export function tierAt(body: TierSetDraft, path: string): string | null {
  const [list, index] = path.split('.');
  const tier = list === 'tiers' ? body.tiers[Number(index)] : undefined;
  return tier === undefined ? null : tier.label || tier.key || `The tier at place ${Number(index) + 1}`;
}
