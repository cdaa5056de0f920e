import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SaveViewDialog } from './save-view-dialog.js';

it('asks before the name of a view is lost', async () => {
  const onClose = jest.fn();
  render(
    <MantineProvider env="test">
      <SaveViewDialog
        title="Save as a new view"
        name=""
        isShared={false}
        mayShare
        isPending={false}
        onSave={jest.fn()}
        onClose={onClose}
      />
    </MantineProvider>,
  );
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Mine');
  await userEvent.keyboard('{Escape}');
  expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
  expect(onClose).not.toHaveBeenCalled();
});
