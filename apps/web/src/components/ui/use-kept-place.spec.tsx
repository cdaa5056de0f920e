import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useRef, useState } from 'react';
import { Dialog } from './dialog.js';
import { useKeptPlace } from './use-kept-place.js';

/** A list as those of alerts and tasks: a button takes its row away at once, another asks in a dialog first. */
function List({ start }: { start: string[] }) {
  const [ids, setIds] = useState(start);
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
  const take = (id: string) => setIds((now) => now.filter((each) => each !== id));
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
      <button type="button" onClick={() => setIds(['x', 'y', 'z'])}>
        Other rows
      </button>
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
  render(<List start={['a', 'b', 'c']} />);
  await press('Take b');
  expect(row('c')).toHaveFocus();
  await press('Take c');
  expect(row('a')).toHaveFocus();
});

it('has it once the dialog that took the row away is closed', async () => {
  render(<List start={['a', 'b', 'c']} />);
  await press('Ask about b');
  await press('Take it');
  await userEvent.keyboard('{Escape}');
  expect(row('c')).toHaveFocus();
});

it('where nothing was done, the focus is back where the dialog was asked for', async () => {
  render(<List start={['a', 'b', 'c']} />);
  await press('Ask about b');
  await screen.findByRole('dialog');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Ask about b' })).toHaveFocus());
});

it('other rows altogether take the focus from nothing', async () => {
  render(<List start={['a', 'b', 'c']} />);
  await userEvent.click(row('b'));
  await press('Other rows');
  expect(screen.getByRole('button', { name: 'Other rows' })).toHaveFocus();
});
