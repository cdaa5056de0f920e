import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { MoveMatrix } from './move-matrix.js';

const PLACES = [
  { key: 'T1', label: 'Tier 1' },
  { key: 'T2', label: 'Tier 2' },
  { key: 'T3', label: 'Tier 3' },
];
const shown = (flows: Parameters<typeof MoveMatrix>[0]['flows'], onOpen = jest.fn()) => {
  render(<MoveMatrix label="Who moves" flows={flows} places={PLACES} currency="USD" onOpen={onOpen} />, {
    wrapper: MantineProvider,
  });
  return onOpen;
};

it('shows the places that anybody leaves or enters, and opens those who go from one to another', () => {
  const onOpen = shown([
    { from: 'T1', to: 'T1', accounts: 2, arrMinor: 100 },
    { from: 'T2', to: 'T1', accounts: 18, arrMinor: 75_945_600 },
    { from: 'T3', to: 'T3', accounts: 30, arrMinor: 0 },
    { from: null, to: 'T1', accounts: 1, arrMinor: 0 },
  ]);
  expect(screen.getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual(['Tier 2', 'None yet']);
  expect(screen.queryByText(/Tier 3/)).not.toBeInTheDocument();
  fireEvent.click(screen.getByRole('button', { name: '18 accounts from Tier 2 to Tier 1, ARR $759,456' }));
  expect(onOpen).toHaveBeenCalledWith('T2', 'T1');
});

it('says so where nobody moves', () => {
  shown([{ from: 'T1', to: 'T1', accounts: 2, arrMinor: 100 }]);
  expect(screen.queryByRole('table')).not.toBeInTheDocument();
  expect(screen.getByText('Nobody.')).toBeInTheDocument();
});
