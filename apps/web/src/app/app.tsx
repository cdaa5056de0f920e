import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { createQueryClient } from '../lib/query-client.js';
import { createAppRouter } from './router.js';
import { cssVariables, theme } from './theme.js';

const Toasts = lazy(() => import('./toasts.js').then((module) => ({ default: module.Toasts })));

function createAppParts() {
  const queryClient = createQueryClient(() => {
    const { pathname, href } = router.state.location;
    if (pathname === '/sign-in') return;
    // A form with unsaved changes may ask to stay: until the page is left it needs what it was drawn with.
    void router.navigate({ to: '/sign-in', search: { from: href } }).then(() => {
      if (router.state.location.pathname === '/sign-in') queryClient.clear();
    });
  });
  const router = createAppRouter(queryClient);
  return { queryClient, router };
}

export function App() {
  const [{ queryClient, router }] = useState(createAppParts);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={null}>
          <Toasts />
        </Suspense>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
