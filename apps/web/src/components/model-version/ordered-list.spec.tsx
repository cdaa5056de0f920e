import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { moved, OrderedList } from './ordered-list.js';

const onMove = jest.fn();
beforeEach(() => onMove.mockClear());

function draw(fixedAtEnd = 1) {
  render(
    <OrderedList
      label="Tiers"
      items={['Gold', 'Silver', 'Rest']}
      idOf={(name) => name}
      nameOf={(name) => name}
      fixedAtEnd={fixedAtEnd}
      onMove={onMove}
    >
      {(name, _, handle) => (
        <>
          {handle}
          {name}
        </>
      )}
    </OrderedList>,
    { wrapper: MantineProvider },
  );
}
const handle = (name: string) => screen.getByRole('button', { name: new RegExp(`^Move ${name}`) });

it('moves an item with the arrow keys, and says where it is now', () => {
  draw();
  fireEvent.keyDown(handle('Silver'), { key: 'ArrowUp' });
  expect(onMove).toHaveBeenCalledWith(1, 0);
  expect(screen.getByRole('status')).toHaveTextContent('Silver is now 1 of 3');
});

it('moves nothing beyond the ends, nor past what keeps its place', () => {
  draw();
  fireEvent.keyDown(handle('Gold'), { key: 'ArrowUp' });
  fireEvent.keyDown(handle('Silver'), { key: 'ArrowDown' });
  expect(onMove).not.toHaveBeenCalled();
  expect(screen.queryByRole('button', { name: /^Move Rest/ })).not.toBeInTheDocument();
});

it('moves an item by dragging it onto another', () => {
  draw();
  const data = new Map<string, string>();
  const dataTransfer = {
    get types() {
      return [...data.keys()];
    },
    setData: (type: string, value: string) => data.set(type, value),
    getData: (type: string) => data.get(type) ?? '',
  };
  fireEvent.dragStart(handle('Silver'), { dataTransfer });
  fireEvent.drop(screen.getByText('Gold'), { dataTransfer });
  expect(onMove).toHaveBeenCalledWith(1, 0);
});

it('gives the items in their new order', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
});
