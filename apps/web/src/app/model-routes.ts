import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from './shell-route.js';

/** What tiers and stages are. */
const tierDefinitionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tiers/definitions',
  component: lazyRouteComponent(() => import('../features/model/tier-definitions-page.js'), 'TierDefinitionsPage'),
});
const stageDefinitionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/lifecycle/definitions',
  component: lazyRouteComponent(() => import('../features/model/stage-definitions-page.js'), 'StageDefinitionsPage'),
});

export const modelRoutes = [tierDefinitionsRoute, stageDefinitionsRoute] as const;
