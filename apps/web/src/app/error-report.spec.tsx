import { MantineProvider } from '@mantine/core';
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { ErrorReport } from './error-report.js';

const PART_MISSING = new TypeError('Failed to fetch dynamically imported module: /assets/goals.js');

it('says of a page whose code cannot be fetched offline that Steward cannot be reached', () => {
  jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  render(
    <RouterContextProvider router={router as never}>
      <MantineProvider env="test">
        <ErrorReport error={PART_MISSING} reset={() => {}} />
      </MantineProvider>
    </RouterContextProvider>,
  );
  const { textContent } = screen.getByRole('alert');
  expect(textContent).toContain('Steward cannot be reached.');
  expect(textContent).not.toContain('goals.js');
});
