import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { REPORT_KEYS } from '../components/report/report-keys.js';
import { pick } from '../lib/search-text.js';
import { shellRoute } from './shell-route.js';

/** How tiers do, and the accounts behind figures of revenue. */
const tiersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tiers',
  validateSearch: (search: Record<string, unknown>) => pick(search, REPORT_KEYS),
  staticData: { looksBack: true },
  component: lazyRouteComponent(() => import('../features/tiers/performance-page.js'), 'TierPerformancePage'),
});
const revenueAccountsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portfolio/revenue',
  validateSearch: (search: Record<string, unknown>) =>
    pick(search, [...REPORT_KEYS, 'month', 'span', 'part', 'by', 'key', 'offset']),
  staticData: { looksBack: true },
  component: lazyRouteComponent(() => import('../features/portfolio/revenue-accounts-page.js'), 'RevenueAccountsPage'),
});

export const reportRoutes = [tiersRoute, revenueAccountsRoute] as const;
