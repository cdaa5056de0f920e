import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pick } from '../lib/search-text.js';
import { shellRoute } from './shell-route.js';

/** What accounts are scored by. */
const healthRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/health',
  component: lazyRouteComponent(() => import('../features/health/health-layout.js'), 'HealthLayout'),
});
const profilesRoute = createRoute({
  getParentRoute: () => healthRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/health/overview/profiles-page.js'), 'ProfilesPage'),
});
const profileRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/health/$profileId',
  validateSearch: (search: Record<string, unknown>) => pick(search, ['tab', 'account', 'run']),
  component: lazyRouteComponent(() => import('../features/health/profile-page.js'), 'ProfilePage'),
});
const signalsRoute = createRoute({
  getParentRoute: () => healthRoute,
  path: '/signals',
  component: lazyRouteComponent(() => import('../features/model/signals-page.js'), 'SignalsPage'),
});
const newSignalRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/health/signals/new',
  component: lazyRouteComponent(() => import('../features/model/signal-page.js'), 'NewSignalPage'),
});
const signalRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/health/signals/$key',
  component: lazyRouteComponent(() => import('../features/model/signal-page.js'), 'SignalPage'),
});

export const healthRoutes = [
  healthRoute.addChildren([profilesRoute, signalsRoute]),
  profileRoute,
  newSignalRoute,
  signalRoute,
] as const;
