import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PulseDialog } from './pulse-dialog.js';
import { pulseReasonsQuery } from './set-pulse.js';

it('asks before the reasons and the note of a pulse are lost', async () => {
  const onClose = jest.fn();
  const client = new QueryClient();
  const reason = { key: 'sponsor', label: 'The sponsor left', active: true };
  client.setQueryData(pulseReasonsQuery.queryKey, { reasons: [reason], revision: 1 });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <PulseDialog account={{ id: 'a-1', name: 'Harbor Works' }} onClose={onClose} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole('checkbox', { name: 'The sponsor left' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Note' }), 'Ada is gone');
  await userEvent.keyboard('{Escape}');
  await userEvent.click(await screen.findByRole('button', { name: 'Stay' }));
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('Ada is gone');
  expect(screen.getByRole('checkbox', { name: 'The sponsor left' })).toBeChecked();
  expect(onClose).not.toHaveBeenCalled();
});
