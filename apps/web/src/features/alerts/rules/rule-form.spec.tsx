import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { showEditor } from '../../../components/ui/editor-page.factory.js';
import { RuleForm } from './rule-form.js';

const shown = () =>
  showEditor(<RuleForm rule={null} />, { path: '/alert-rules', answer: { id: 'r-1', name: 'Quiet' } });
const leave = () => userEvent.click(screen.getByRole('link', { name: 'Today' }));

it('asks before an alert rule that was written is left', async () => {
  const { where } = await shown();
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Quiet');
  await leave();
  expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
  expect(where()).toBe('/editor');
});

it('asks nothing where nothing was changed', async () => {
  const { where } = await shown();
  await screen.findByRole('textbox', { name: 'Name' });
  await leave();
  await waitFor(() => expect(where()).toBe('/'));
});
