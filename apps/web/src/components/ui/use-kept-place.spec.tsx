import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useRef, useState } from 'react';
import { Dialog } from './dialog.js';
import { useKeptPlace } from './use-kept-place.js';

/** A list as those of alerts and tasks: a button takes its row away at once, another asks in a dialog first. */
function List({ rows }: { rows: string[] }) {
  const [taken, setTaken] = useState<string[]>([]);
  const ids = rows.filter((id) => !taken.includes(id));
  const [active, setActive] = useState<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useKeptPlace({
    ids,
    active,
    onActive: setActive,
    isAsking: asked !== null,
    elementOf: (id) => list.current?.querySelector<HTMLElement>(`[data-row="${id}"]`),
  });
  const take = (id: string) => setTaken((now) => [...now, id]);
  return (
    <MantineProvider env="test">
      <ul ref={list}>
        {ids.map((id) => (
          <li key={id} data-row={id} aria-label={id} tabIndex={-1} onFocus={() => setActive(id)}>
            <button type="button" onClick={() => take(id)}>
              Take {id}
            </button>
            <button type="button" onClick={() => setAsked(id)}>
              Ask about {id}
            </button>
          </li>
        ))}
      </ul>
      <input aria-label="Search" />
      {asked ? (
        <Dialog onClose={() => setAsked(null)} title="Sure?">
          <button type="button" data-autofocus onClick={() => take(asked)}>
            Take it
          </button>
        </Dialog>
      ) : null}
    </MantineProvider>
  );
}

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const row = (name: string) => screen.getByRole('listitem', { name });

it('the row after the one that is gone has the focus, or else the last', async () => {
  render(<List rows={['a', 'b', 'c']} />);
  await press('Take b');
  expect(row('c')).toHaveFocus();
  await press('Take c');
  expect(row('a')).toHaveFocus();
});

it('has it once the dialog that took the row away is closed', async () => {
  render(<List rows={['a', 'b', 'c']} />);
  await press('Ask about b');
  await press('Take it');
  await userEvent.keyboard('{Escape}');
  expect(row('c')).toHaveFocus();
});

it('where nothing was done, the focus is back where the dialog was asked for', async () => {
  render(<List rows={['a', 'b', 'c']} />);
  await press('Ask about b');
  await screen.findByRole('dialog');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Ask about b' })).toHaveFocus());
});

it('other rows altogether do not get the focus of the row that is gone', async () => {
  const { rerender } = render(<List rows={['a', 'b', 'c']} />);
  await userEvent.click(row('b'));
  rerender(<List rows={['x', 'y', 'z']} />);
  expect(document.body).toHaveFocus();
});

it('a row that goes while something else has the focus takes it from nothing', async () => {
  const { rerender } = render(<List rows={['a', 'b', 'c']} />);
  await userEvent.click(row('b'));
  await userEvent.click(screen.getByLabelText('Search'));
  rerender(<List rows={['a', 'c']} />);
  expect(screen.getByLabelText('Search')).toHaveFocus();
});
