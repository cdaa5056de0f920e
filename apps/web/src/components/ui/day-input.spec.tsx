import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { DayInput } from './day-input.js';

const told: (string | null)[] = [];

function Field({ day }: { day: string | null }) {
  const [value, setValue] = useState(day);
  const change = (next: string | null) => {
    told.push(next);
    setValue(next);
  };
  return (
    <MantineProvider>
      <DayInput label="Until" value={value} onChange={change} />
    </MantineProvider>
  );
}

beforeEach(() => {
  told.length = 0;
});

it('writes a day as every other place does, and takes it as it is written', () => {
  render(<Field day="2026-04-15" />);
  const input = screen.getByLabelText('Until');
  expect(input).toHaveValue('15 Apr 2026');
  fireEvent.change(input, { target: { value: '3 Jun 2026' } });
  fireEvent.change(input, { target: { value: '2026-12-24' } });
  fireEvent.blur(input);
  expect(told).toEqual(['2026-06-03', '2026-12-24']);
  expect(input).toHaveValue('24 Dec 2026');
});

it('does not guess at a day that reads two ways', () => {
  render(<Field day="2026-04-15" />);
  const input = screen.getByLabelText('Until');
  fireEvent.change(input, { target: { value: '04/05/2026' } });
  fireEvent.blur(input);
  expect(told).toEqual([]);
  expect(input).toHaveValue('15 Apr 2026');
});
