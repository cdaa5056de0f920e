import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { REPORT_KEYS } from '../components/report/report-keys.js';
import { pick } from '../lib/search-text.js';
import { modelRoutes } from './model-routes.js';
import { shellRoute } from './shell-route.js';

const PORTFOLIO_KEYS = [...REPORT_KEYS, 'tab', 'role', 'by', 'sort', 'fromDay', 'toDay', 'measure'] as const;
const LIFECYCLE_KEYS = [...REPORT_KEYS, 'tab', 'pace', 'page', 'peek'] as const;

/** Owners and their books, and how accounts go through the stages. */
const portfolioRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portfolio',
  validateSearch: (search: Record<string, unknown>) => pick(search, PORTFOLIO_KEYS),
  staticData: { looksBack: true },
  component: lazyRouteComponent(() => import('../features/portfolio/portfolio-page.js'), 'PortfolioPage'),
});
const lifecycleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lifecycle',
  validateSearch: (search: Record<string, unknown>) => pick(search, LIFECYCLE_KEYS),
  staticData: { looksBack: true },
  component: lazyRouteComponent(() => import('../features/lifecycle/lifecycle-page.js'), 'LifecyclePage'),
});

export const managerRoutes = [portfolioRoute, lifecycleRoute, ...modelRoutes] as const;
