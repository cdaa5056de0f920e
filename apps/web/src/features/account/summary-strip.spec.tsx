import type { AccountDetail } from '@steward/shared/accounts';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { catalogueQuery } from '../../lib/catalogue.js';
import { anAccount, renderAccount } from './render-account.factory.js';
import { SummaryStrip } from './summary-strip.js';

const renderArr = (some: Partial<AccountDetail>) =>
  renderAccount(<SummaryStrip account={anAccount({ sparkline: [], ...some })} asOf={undefined} editable={false} />, [
    [catalogueQuery.queryKey, { fields: [] }],
  ]);
const euros = { amountMinor: 123_450, currency: 'EUR' };
const pounds = { amountMinor: 200_000, currency: 'GBP' };

describe('the ARR of the account', () => {
  it('says which amount has no exchange rate where that is why it is not known', () => {
    renderArr({ arrMinor: null, arrWithoutRate: [euros, pounds] });
    const why = '€1,234.50: no exchange rate for EUR; £2,000: no exchange rate for GBP';
    expect(screen.getByText(why)).toBeInTheDocument();
    expect(screen.getByTitle(why)).toHaveTextContent('–');
    expect(screen.queryByTitle('ARR is not known')).not.toBeInTheDocument();
  });

  it('says what it lacks where it is known in part', () => {
    renderArr({ arrMinor: 900_000, arrWithoutRate: [euros] });
    expect(screen.getByText('$9,000')).toBeInTheDocument();
    expect(screen.getByText('without €1,234.50: no exchange rate for EUR')).toBeInTheDocument();
  });

  it('is not known where none was delivered', () => {
    renderArr({ arrMinor: null });
    expect(screen.getByTitle('ARR is not known')).toHaveTextContent('–');
  });
});

it.each(['-7', '7.5'])('%s seats are refused beside the field, not stored as something else', async (text) => {
  renderAccount(<SummaryStrip account={anAccount({ sparkline: [], seats: 20 })} asOf={undefined} editable />, [
    [catalogueQuery.queryKey, { fields: [] }],
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Edit seats' }));
  const field = screen.getByLabelText('seats');
  await userEvent.clear(field);
  await userEvent.type(field, `${text}{Enter}`);
  expect(screen.getByRole('alert')).toHaveTextContent('Give a whole number, 0 or more');
  const sent = (globalThis.fetch as jest.Mock).mock.calls.filter(([, init]) => init?.method === 'PATCH');
  expect(sent).toEqual([]);
});
