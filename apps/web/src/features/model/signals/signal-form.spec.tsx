import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { showEditor } from '../../../components/ui/editor-page.factory.js';
import { SignalForm } from './signal-form.js';

const shown = () => showEditor(<SignalForm signal={null} />, { path: '/signals', answer: {} });
const leave = () => userEvent.click(screen.getByRole('link', { name: 'Today' }));

it('asks before a signal that was written is left', async () => {
  const { where } = await shown();
  const [first] = await screen.findAllByRole('textbox');
  await userEvent.type(first as HTMLElement, 'Logins');
  await leave();
  expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
  expect(where()).toBe('/editor');
});

it('asks nothing where nothing was changed', async () => {
  const { where } = await shown();
  await screen.findAllByRole('textbox');
  await leave();
  await waitFor(() => expect(where()).toBe('/'));
});
