import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { REPORT_KEYS } from '../components/report/report-keys.js';
import { pick } from '../lib/search-text.js';
import { shellRoute } from './shell-route.js';

const filters = (search: Record<string, unknown>) => pick(search, REPORT_KEYS);

/** What tiers and stages are; the filters of the figures beside them go along. */
const tierDefinitionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tiers/definitions',
  validateSearch: filters,
  component: lazyRouteComponent(() => import('../features/model/tier-definitions-page.js'), 'TierDefinitionsPage'),
});
const stageDefinitionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lifecycle/definitions',
  validateSearch: filters,
  component: lazyRouteComponent(() => import('../features/model/stage-definitions-page.js'), 'StageDefinitionsPage'),
});

export const modelRoutes = [tierDefinitionsRoute, stageDefinitionsRoute] as const;
