import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pick } from '../lib/search-text.js';
import { shellRoute } from './shell-route.js';

const FILTERS = [
  'from',
  'to',
  'tier',
  'segment',
  'owner',
  'region',
  'product',
  'tierMode',
  'ownerMode',
  'compare',
] as const;

/** How tiers do, and the accounts behind figures of revenue. */
const tiersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tiers',
  validateSearch: (search: Record<string, unknown>) => pick(search, FILTERS),
  component: lazyRouteComponent(() => import('../features/tiers/performance-page.js'), 'TierPerformancePage'),
});
const revenueAccountsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portfolio/revenue',
  validateSearch: (search: Record<string, unknown>) =>
    pick(search, [...FILTERS, 'month', 'span', 'part', 'by', 'key', 'offset']),
  component: lazyRouteComponent(() => import('../features/portfolio/revenue-accounts-page.js'), 'RevenueAccountsPage'),
});

export const reportRoutes = [tiersRoute, revenueAccountsRoute] as const;
