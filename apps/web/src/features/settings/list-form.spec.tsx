import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { showEditor } from '../../components/ui/editor-page.factory.js';
import { ListForm } from './list-form.js';

function Reasons() {
  return (
    <ListForm
      label="Reasons"
      stored={{ revision: 1, items: [{ key: 'price', label: 'Price' }] }}
      headings={['Reason']}
      most={5}
      addWords="Add a reason"
      newItem={() => ({ key: 'new', label: '' })}
      cells={(item, set) => (
        <td>
          <input aria-label="Name" value={item.label} onChange={(event) => set({ label: event.currentTarget.value })} />
        </td>
      )}
      lineOf={({ label }) => label}
      mayWrite
      save={{ isPending: false, error: null, reset: () => undefined }}
      onSave={() => undefined}
    />
  );
}

const leave = () => userEvent.click(screen.getByRole('link', { name: 'Today' }));

it('asks before a list that was changed is left, and no more once it is as it was saved', async () => {
  const { where } = await showEditor(<Reasons />, { path: '/reasons', answer: {} });
  await userEvent.type(await screen.findByLabelText('Name'), 's');
  await leave();
  await userEvent.click(await screen.findByRole('button', { name: 'Stay' }));
  expect(where()).toBe('/editor');
  await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
  await leave();
  await waitFor(() => expect(where()).toBe('/'));
});
