import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError, unreachable } from '../../lib/api.js';
import { LoadFailed } from './load-failed.js';

const GONE = { title: 'There is no such goal', text: 'It was deleted.' };

function show(error: unknown, onRetry = jest.fn()) {
  render(
    <MantineProvider env="test">
      <LoadFailed title="This goal could not be shown" error={error} gone={GONE} onRetry={onRetry} />
    </MantineProvider>,
  );
  return onRetry;
}

it('says why something could not be loaded, and asks for it again', async () => {
  const retry = show(unreachable());
  expect(screen.getByRole('alert').textContent).toContain('Steward cannot be reached.');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledTimes(1);
});

it('offers no second try of what the server refuses', () => {
  show(new ApiError(403, 'FORBIDDEN', 'Your role does not include it.'));
  expect(screen.queryByRole('button')).toBeNull();
});

it('tells what is gone from what failed', () => {
  show(new ApiError(404, 'NOT_FOUND', 'No such goal.'));
  expect(screen.getByRole('heading').textContent).toBe('There is no such goal');
  expect(screen.queryByRole('button')).toBeNull();
});
