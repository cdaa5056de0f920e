import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderHealth } from '../render.factory.js';
import { BandMatrix } from './band-matrix.js';
import { anEffect } from './effect.factory.js';

const EFFECT = anEffect({
  moves: [
    { from: 'watch', to: 'watch', accounts: 17, arrMinor: 100 },
    { from: 'watch', to: 'at_risk', accounts: 2, arrMinor: 12_000_000 },
  ],
  bands: [
    { band: 'at_risk', before: { accounts: 0, arrMinor: null }, after: { accounts: 2, arrMinor: 12_000_000 } },
    { band: 'watch', before: { accounts: 19, arrMinor: 100 }, after: { accounts: 17, arrMinor: 100 } },
  ],
});

it('counts who goes from which band to which, and opens those of one change', async () => {
  const onChoose = jest.fn();
  await renderHealth(<BandMatrix effect={EFFECT} chosen={null} onChoose={onChoose} />);
  const watch = within(screen.getByRole('row', { name: /^Watch/ }));
  expect(watch.getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['2', '17', '·', '·', '19']);
  const move = screen.getByRole('button', { name: 'Watch → At risk: 2 accounts' });
  expect(move).toHaveAttribute('title', 'Watch → At risk: 2 accounts, $120,000');
  await userEvent.click(move);
  expect(onChoose).toHaveBeenCalledWith({ from: 'watch', to: 'at_risk' });
});

it('lets go of the change that is chosen', async () => {
  const onChoose = jest.fn();
  await renderHealth(<BandMatrix effect={EFFECT} chosen={{ from: 'watch', to: 'at_risk' }} onChoose={onChoose} />);
  const move = screen.getByRole('button', { pressed: true });
  await userEvent.click(move);
  expect(onChoose).toHaveBeenCalledWith(null);
});
