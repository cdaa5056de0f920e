import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { Dialog } from './dialog.js';

const onClose = jest.fn();

function open(isDirty?: () => boolean): void {
  render(
    <MantineProvider env="test">
      <Dialog title="A pulse" isDirty={isDirty} onClose={onClose}>
        <input aria-label="Note" />
      </Dialog>
    </MantineProvider>,
  );
}

const beside = (): Element => document.querySelector('.mantine-Modal-overlay') as Element;
const pressEscape = () => fireEvent.keyDown(screen.getByLabelText('Note'), { key: 'Escape' });
const question = () => screen.queryByRole('dialog', { name: 'Leave without saving?' });

beforeEach(() => {
  jest.useFakeTimers();
  onClose.mockReset();
});
afterEach(() => jest.useRealTimers());

it('stays open for the second click of the double click that opened it, and closes by a later one', () => {
  open();
  act(() => jest.advanceTimersByTime(200));
  fireEvent.click(beside());
  expect(onClose).not.toHaveBeenCalled();
  act(() => jest.advanceTimersByTime(400));
  fireEvent.click(beside());
  expect(onClose).toHaveBeenCalledTimes(1);
});

it.each([
  ['Escape', pressEscape],
  ['a click beside it', () => fireEvent.click(beside())],
])('asks before what is written in it is lost by %s', (_, leave) => {
  open(() => true);
  act(() => jest.advanceTimersByTime(600));
  leave();
  expect(onClose).not.toHaveBeenCalled();
  expect(question()).toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: 'Leave, without my changes' }));
  expect(onClose).toHaveBeenCalledTimes(1);
});

it('goes on as it was for whoever stays, by Escape as well', () => {
  open(() => true);
  pressEscape();
  fireEvent.keyDown(screen.getByRole('button', { name: 'Stay' }), { key: 'Escape' });
  expect(question()).not.toBeInTheDocument();
  expect(onClose).not.toHaveBeenCalled();
  pressEscape();
  expect(question()).toBeInTheDocument();
});

it('asks nothing where nothing was written', () => {
  open(() => false);
  pressEscape();
  expect(onClose).toHaveBeenCalledTimes(1);
});
