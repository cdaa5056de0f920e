import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, Outlet, redirect, retainSearchParams } from '@tanstack/react-router';
import { ApiError } from '../lib/api.js';
import { isIsoDay } from '../lib/days.js';
import { meQuery } from '../lib/me.js';
import { Shell } from './shell/shell.js';

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

/** Everything that only a signed-in person sees, with the rail beside it. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  validateSearch: (search: Record<string, unknown>): { asOf?: string } =>
    isIsoDay(search.asOf) ? { asOf: search.asOf } : {},
  search: { middlewares: [retainSearchParams(['asOf'])] },
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: '/sign-in', search: { from: location.href } });
      }
      throw error;
    }
  },
  component: Shell,
});
