import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { setShortcutsEnabled, useShortcuts } from './shortcuts.js';

const heard: string[] = [];

function Page() {
  useShortcuts({
    '/': () => heard.push('search'),
    j: () => heard.push('next'),
    'g a': () => heard.push('accounts'),
    a: () => heard.push('assign'),
  });
  return <input aria-label="Name" />;
}

beforeEach(() => {
  heard.length = 0;
  setShortcutsEnabled(true);
});

it('hears single keys and sequences, the longer one first', async () => {
  render(<Page />);
  await userEvent.keyboard('j/');
  await userEvent.keyboard('ga');
  await userEvent.keyboard('a');
  expect(heard).toEqual(['next', 'search', 'accounts', 'assign']);
});

it('stays out of inputs, and of the browser’s own combinations', async () => {
  const { getByLabelText } = render(<Page />);
  await userEvent.type(getByLabelText('Name'), 'jaga/');
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('{Control>}j{/Control}');
  expect(heard).toEqual([]);
});

it('can be switched off', async () => {
  render(<Page />);
  setShortcutsEnabled(false);
  await userEvent.keyboard('j');
  expect(heard).toEqual([]);
});

function Bar() {
  useShortcuts({ a: () => heard.push('assign these') });
  return null;
}

it('takes a key behind a leader for part of the sequence, wherever that is answered', async () => {
  render(
    <>
      <Bar />
      <Page />
    </>,
  );
  await userEvent.keyboard('ga');
  expect(heard).toEqual(['accounts']);
});

function TwoLists() {
  useShortcuts({ s: () => false });
  useShortcuts({ s: () => heard.push('second') });
  return null;
}

it('leaves a key to another part of the page where the first does not want it', async () => {
  render(<TwoLists />);
  await userEvent.keyboard('s');
  expect(heard).toEqual(['second']);
});
