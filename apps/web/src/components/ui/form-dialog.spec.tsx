import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { showEditor } from './editor-page.factory.js';
import { FormDialog } from './form-dialog.js';

function Note() {
  const [isOpen, setOpen] = useState(true);
  const [text, setText] = useState('');
  return isOpen ? (
    <FormDialog title="A note" isDirty={() => text !== ''} onClose={() => setOpen(false)}>
      <input aria-label="Text" value={text} onChange={(event) => setText(event.currentTarget.value)} />
    </FormDialog>
  ) : null;
}

const note = () => screen.queryByRole('dialog', { name: 'A note' });
const question = () => screen.queryByRole('dialog', { name: 'Leave without saving?' });

beforeEach(() => showEditor(<Note />, { path: '/notes', answer: {} }));

it('a dialog asks before what was written in it is lost, and keeps it for who stays', async () => {
  await userEvent.type(await screen.findByLabelText('Text'), 'Much');
  await userEvent.keyboard('{Escape}');
  expect(question()).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(question()).toBeNull());
  expect(screen.getByLabelText('Text')).toHaveValue('Much');
  await userEvent.keyboard('{Escape}');
  await userEvent.click(screen.getByRole('button', { name: 'Leave, without my changes' }));
  await waitFor(() => expect(note()).toBeNull());
});

it('a dialog in which nothing was written closes at once', async () => {
  await screen.findByLabelText('Text');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(note()).toBeNull());
  expect(question()).toBeNull();
});
