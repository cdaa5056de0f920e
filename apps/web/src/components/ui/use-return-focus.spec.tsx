import { Button, MantineProvider, Menu, Modal } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactNode, useState } from 'react';
import { Dialog } from './dialog.js';

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const button = (name: string) => screen.getByRole('button', { name });

/** Waits until a dialog has the focus, and leaves it. */
async function leave(title: string) {
  const dialog = await screen.findByRole('dialog', { name: title });
  await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
  await userEvent.keyboard('{Escape}');
}

function Sure({ onClose }: { onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title="Sure?">
      <button type="button" onClick={onClose}>
        Delete it
      </button>
    </Dialog>
  );
}

function ActionsMenu() {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Menu>
        <Menu.Target>
          <button type="button">Actions</button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsking(true)}>Delete…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isAsking ? <Sure onClose={() => setAsking(false)} /> : null}
    </>
  );
}

const Secret = ({ onClose }: { onClose: () => void }) => <Dialog onClose={onClose} title="The secret" />;

/** As a key is made: the button waits for the answer, then another dialog shows the secret. */
function KeyDialogs({ onClose }: { onClose: () => void }) {
  const [state, setState] = useState<'asking' | 'waiting' | 'made'>('asking');
  if (state === 'made') return <Secret onClose={onClose} />;
  return (
    <Dialog onClose={onClose} title="A new key">
      <Button
        data-autofocus
        loading={state === 'waiting'}
        onClick={() => {
          setState('waiting');
          setTimeout(() => {
            // As browsers do with a button that can no longer be pressed.
            if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
            setState('made');
          });
        }}
      >
        Create
      </Button>
    </Dialog>
  );
}

function Asking({ label, children }: { label: string; children: (onClose: () => void) => ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {label}
      </button>
      {isOpen ? children(() => setOpen(false)) : null}
    </>
  );
}

/** As the palette: one modal goes as another comes. */
function Palette() {
  const [open, setOpen] = useState<'palette' | 'touch' | null>(null);
  return (
    <>
      <button type="button" onClick={() => setOpen('palette')}>
        Search
      </button>
      <Modal opened={open === 'palette'} onClose={() => setOpen(null)} title="The palette" withCloseButton={false}>
        <button type="button" onClick={() => setOpen('touch')}>
          Log a touch
        </button>
      </Modal>
      {open === 'touch' ? <Dialog onClose={() => setOpen(null)} title="The touch" /> : null}
    </>
  );
}

/** A list in which what is deleted goes, and with it the button that asked. */
function Page() {
  const [isThere, setThere] = useState(true);
  return (
    <main tabIndex={-1}>
      <ul>
        <li>{isThere ? <Asking label="Delete">{() => <Sure onClose={() => setThere(false)} />}</Asking> : null}</li>
      </ul>
    </main>
  );
}

const show = (what: ReactNode) => render(<MantineProvider env="test">{what}</MantineProvider>);

describe('after a dialog the focus', () => {
  it('is on the target of the menu that it was asked for in', async () => {
    show(<ActionsMenu />);
    await press('Actions');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete…' }));
    await leave('Sure?');
    await waitFor(() => expect(button('Actions')).toHaveFocus());
  });

  it('is there also where the menu still fades', async () => {
    render(
      <MantineProvider>
        <ActionsMenu />
      </MantineProvider>,
    );
    await press('Actions');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete…' }));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(button('Actions')).toHaveFocus());
  });

  it('is where the first of two dialogs was asked for', async () => {
    show(<Asking label="New key">{(onClose) => <KeyDialogs onClose={onClose} />}</Asking>);
    await press('New key');
    await userEvent.click(await screen.findByRole('button', { name: 'Create' }));
    await leave('The secret');
    await waitFor(() => expect(button('New key')).toHaveFocus());
  });

  it('is where it was before the palette that the dialog was asked for in', async () => {
    show(<Palette />);
    await press('Search');
    await userEvent.click(await screen.findByRole('button', { name: 'Log a touch' }));
    await leave('The touch');
    await waitFor(() => expect(button('Search')).toHaveFocus());
  });

  it('is on the page where what asked for it is gone', async () => {
    show(<Page />);
    await press('Delete');
    await userEvent.click(await screen.findByRole('button', { name: 'Delete it' }));
    await waitFor(() => expect(screen.getByRole('main')).toHaveFocus());
  });
});
