import { MantineProvider } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { toast, toastError } from '../components/ui/toast.js';
import { unreachable } from '../lib/api.js';
import { Toasts } from './toasts.js';

beforeEach(() => {
  jest.useFakeTimers();
  render(
    <MantineProvider env="test">
      <Toasts />
    </MantineProvider>,
  );
});
afterEach(() => {
  act(() => notifications.clean());
  jest.useRealTimers();
});

const pass = (ms: number) => act(() => jest.advanceTimersByTime(ms));

it('shows an error at once, however many toasts stand already', () => {
  act(() => {
    for (const name of ['One', 'Two', 'Three', 'Four']) toast(name);
    toastError('Five was not kept', unreachable());
  });
  pass(500);
  expect(screen.getByText('Five was not kept')).toBeTruthy();
  expect(screen.getAllByRole('alert')).toHaveLength(4);
});

it('keeps the toast under the mouse, and lets the others go', () => {
  act(() => {
    toast('One');
    toast('Two');
  });
  pass(500);
  fireEvent.mouseEnter(screen.getByText('One').closest('[role="alert"]') as Element);
  pass(20_000);
  pass(500);
  expect(screen.getByText('One')).toBeTruthy();
  expect(screen.queryByText('Two')).toBeNull();
});
