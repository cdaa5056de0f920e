import type { Book, Portfolio, PortfolioWork, ReportOwner, Work } from '@steward/shared/portfolio';
import type { PageOfFigure } from '@steward/shared/portfolio-behind';
import type { OwnerPage } from './owner-columns.js';

export const aPage = (some: Partial<PageOfFigure> = {}): PageOfFigure => ({
  filters: {},
  day: '2026-11-22',
  live: true,
  role: 'csm',
  ...some,
});

export const anOwner = (name: string | null, some: Partial<ReportOwner> = {}): ReportOwner => ({
  key: name === null ? 'none' : `user:${name}`,
  userId: name === null ? null : `id-of-${name}`,
  name,
  active: true,
  partly: false,
  manager: null,
  ...some,
});

const NONE = { accounts: 0, arrMinor: null };

export const aBook = (some: Partial<Book> = {}): Book => ({
  accounts: 10,
  arrMinor: 1_000_000,
  meanScore: 72.5,
  scored: 9,
  bands: { at_risk: NONE, watch: NONE, healthy: { accounts: 10, arrMinor: 1_000_000 }, unknown: NONE },
  tiers: [{ tier: 'T1', accounts: 10, counted: 10, target: 20, load: 50 }],
  noTier: 0,
  load: 50,
  ...some,
});

const NO_RENEWALS = { renewals: 0, arrMinor: null };

export const aWork = (some: Partial<Work> = {}): Work => ({
  renewals: {
    due: NO_RENEWALS,
    byState: {
      upcoming: NO_RENEWALS,
      overdue: NO_RENEWALS,
      renewed: NO_RENEWALS,
      renewedSmaller: NO_RENEWALS,
      lost: NO_RENEWALS,
    },
    renewedRate: null,
  },
  touches: 0,
  touchedAccounts: 0,
  overdueTasks: 0,
  overdueTaskAccounts: 0,
  openGoals: 0,
  openGoalAccounts: 0,
  alerts: { opened: 0, answered: 0, medianHoursToAcknowledge: null, resolved: 0, medianDaysToResolve: null },
  ...some,
});

const answered = { day: '2026-11-22', from: '2025-12', to: '2026-11', live: true, currency: 'USD' };

export const aPortfolio = (some: Partial<Portfolio> = {}): Portfolio => ({
  ...answered,
  tiers: [{ key: 'T1', label: 'Tier 1', color: 'violet', targetAccounts: 20 }],
  rows: [],
  teams: [],
  total: { ...aBook(), owners: 1 },
  ...some,
});

export const aPortfolioWork = (some: Partial<PortfolioWork> = {}): PortfolioWork => ({
  ...answered,
  rows: [],
  teams: [],
  total: aWork(),
  ...some,
});

export const anOwnerPage = (some: Partial<OwnerPage> = {}): OwnerPage => ({
  page: aPage(),
  from: '2025-12',
  to: '2026-11',
  currency: 'USD',
  tiers: aPortfolio().tiers,
  ...some,
});
