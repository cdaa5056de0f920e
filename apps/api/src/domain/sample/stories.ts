/**
 * What really happens at an account of the sample company, hidden from the product: facts follow from it, and so do
 * outcomes, with chance in between. Churn is foreseeable from the facts but never certain.
 */
export const STORIES = [
  'healthy',
  'slow_fade',
  'champion_left',
  'seat_squeeze',
  'payment_trouble',
  'stuck_onboarding',
  'seasonal',
] as const;
export type Story = (typeof STORIES)[number];

export interface StoryTraits {
  /** Share of the accounts. */
  weight: number;
  /** Probability that the account leaves once the story has run its course (at the next renewal or later). */
  churn: number;
  /** Days over which the story unfolds once it begins. */
  unfoldsOverDays: number;
}

export const STORY_TRAITS: Record<Story, StoryTraits> = {
  healthy: { weight: 44, churn: 0.03, unfoldsOverDays: 0 },
  slow_fade: { weight: 14, churn: 0.68, unfoldsOverDays: 150 },
  champion_left: { weight: 9, churn: 0.45, unfoldsOverDays: 75 },
  seat_squeeze: { weight: 12, churn: 0.01, unfoldsOverDays: 45 },
  payment_trouble: { weight: 7, churn: 0.4, unfoldsOverDays: 90 },
  stuck_onboarding: { weight: 7, churn: 0.5, unfoldsOverDays: 90 },
  seasonal: { weight: 7, churn: 0.03, unfoldsOverDays: 0 },
};

/** How an account does on a day. All shares in [0, 1] unless said otherwise. */
export interface Condition {
  /** Share of the seats' holders who use the product in an ordinary month. */
  reach: number;
  /** Probability that such a person is active on a working day. */
  intensity: number;
  /** Share of the features that the account has taken up. */
  breadth: number;
  /** How content people are: drives survey answers and pulse. */
  contentment: number;
  /** Tickets a day for each 100 active people. */
  ticketRate: number;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const mix = (from: number, to: number, share: number): number => from + (to - from) * clamp(share);

/**
 * The condition of a day. `tenureDays` counts from the account's start (taking the product up takes some 60 days),
 * `sinceTurnDays` from the day on which the story turns (negative before it), `yearShare` is the day's place in the
 * year in [0, 1), `vigour` in [0, 1] how lively this account is by nature.
 */
export function conditionOf(
  story: Story,
  at: { tenureDays: number; sinceTurnDays: number; yearShare: number; vigour: number },
): Condition {
  const takenUp = clamp(0.25 + (at.tenureDays / 60) * 0.75);
  const well: Condition = {
    reach: (0.45 + 0.35 * at.vigour) * takenUp,
    intensity: 0.3 + 0.25 * at.vigour,
    breadth: (0.3 + 0.4 * at.vigour) * clamp(0.3 + (at.tenureDays / 120) * 0.7),
    contentment: 0.55 + 0.35 * at.vigour,
    ticketRate: 0.25,
  };
  const turned = clamp(at.sinceTurnDays / Math.max(1, STORY_TRAITS[story].unfoldsOverDays));
  const after = at.sinceTurnDays >= 0;
  switch (story) {
    case 'healthy':
      return well;
    case 'slow_fade':
      return {
        reach: mix(well.reach, 0.1, turned),
        intensity: mix(well.intensity, 0.1, turned),
        breadth: mix(well.breadth, 0.08, turned),
        contentment: mix(well.contentment, 0.25, turned),
        ticketRate: mix(well.ticketRate, 0.1, turned),
      };
    case 'champion_left':
      return after
        ? { ...well, reach: well.reach * mix(0.8, 0.5, turned), contentment: well.contentment * mix(0.8, 0.65, turned) }
        : well;
    case 'seat_squeeze':
      return {
        ...well,
        reach: mix(well.reach, 1, turned),
        breadth: mix(well.breadth, clamp(well.breadth + 0.2), turned),
        contentment: clamp(well.contentment + 0.1),
      };
    case 'payment_trouble':
      return after ? { ...well, contentment: well.contentment * 0.85, reach: well.reach * mix(1, 0.75, turned) } : well;
    case 'stuck_onboarding':
      return { reach: 0.12, intensity: 0.15, breadth: 0.1, contentment: 0.35, ticketRate: 0.9 };
    case 'seasonal': {
      // One long quiet stretch a year, the same one each year.
      const wave = 0.5 + 0.5 * Math.cos(2 * Math.PI * (at.yearShare - at.vigour));
      return { ...well, reach: well.reach * mix(0.25, 1, wave), intensity: well.intensity * mix(0.4, 1, wave) };
    }
  }
}
