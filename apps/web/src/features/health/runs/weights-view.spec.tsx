import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aBody } from '../profile.factory.js';
import { renderHealth } from '../render.factory.js';
import { suggestedWeights } from './backtest.factory.js';
import { WeightsView } from './weights-view.js';

it('sets the suggested shares beside the present ones, with why history gives one no weight', async () => {
  await renderHealth(<WeightsView result={suggestedWeights()} isSame onTake={null} />);
  const table = screen.getByRole('table', { name: 'Present and suggested shares' });
  expect(within(table).getByRole('row', { name: /^Seat utilisation/ })).toHaveTextContent('56.3 %60 %+3.8 ▲');
  expect(within(table).getByRole('row', { name: /^Active days/ })).toHaveTextContent('History gives it no weight.');
  expect(screen.getByText('0.06 (0.01 to 0.1)')).toBeInTheDocument();
});

it('takes weights into the draft only when a person says so', async () => {
  const onTake = jest.fn();
  await renderHealth(<WeightsView result={suggestedWeights({ body: aBody() })} isSame onTake={onTake} />);
  expect(onTake).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Take into the draft' }));
  expect(onTake).toHaveBeenCalledWith(aBody());
});

it('offers that to nobody who may not write profiles', async () => {
  await renderHealth(<WeightsView result={suggestedWeights({ body: aBody() })} isSame onTake={null} />);
  expect(screen.queryByRole('button', { name: 'Take into the draft' })).not.toBeInTheDocument();
  expect(screen.getByText('Admins take suggested weights into the draft.')).toBeInTheDocument();
});

it('says what taking them replaces where the draft measures something else by now', async () => {
  await renderHealth(<WeightsView result={suggestedWeights({ body: aBody() })} isSame={false} onTake={jest.fn()} />);
  expect(screen.getByText(/The draft measures something else by now/)).toBeInTheDocument();
});

it('says why nothing is suggested', async () => {
  const refusal = 'Only 12 accounts churned; weights are suggested from 100 on.';
  await renderHealth(
    <WeightsView result={suggestedWeights({ refusal, measures: [], groups: [] })} isSame onTake={jest.fn()} />,
  );
  expect(screen.getByText(refusal)).toBeInTheDocument();
  expect(screen.queryByRole('table')).not.toBeInTheDocument();
});
