import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import type { ExchangeRate, ExchangeRateList } from '@steward/shared/exchange-rates';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ExchangeRatesSection } from './exchange-rates-section.js';

const euro: ExchangeRate = { currency: 'EUR', fromDay: '2026-01-01', rate: 1.1 };
const rial: ExchangeRate = { currency: 'IRR', fromDay: '2026-02-01', rate: 0.0000238 };

let me: object;
let stored: ExchangeRateList;
let sent: { method: string; path: string; body: unknown }[];

const answer = (body: unknown) => ({ ok: true, status: 200, text: async () => JSON.stringify(body) });

/** Stands in for the server: keeps what is sent, and answers the list that is stored. */
const server = async (path: string, init: RequestInit = {}) => {
  const method = init.method ?? 'GET';
  if (method === 'GET') return answer(path.endsWith('/me') ? me : stored);
  sent.push({ method, path, body: init.body ? JSON.parse(String(init.body)) : null });
  stored = { ...stored, rates: method === 'DELETE' ? [] : [euro] };
  const [currency, fromDay] = path.split('/').slice(-2);
  return answer(method === 'PUT' ? { currency, fromDay, ...JSON.parse(String(init.body)) } : euro);
};

function renderSection(permissions = ['workspace:write']) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  me = { workspace: { today: '2026-04-15', currency: 'USD' }, permissions };
  client.setQueryData(['me'], me);
  render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={client}>
        <ExchangeRatesSection />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

describe('the exchange rates of the workspace', () => {
  const realFetch = globalThis.fetch;
  beforeEach(() => {
    notifications.clean();
    stored = { rates: [euro, rial], missing: [] };
    sent = [];
    globalThis.fetch = server as unknown as typeof fetch;
  });
  afterAll(() => {
    globalThis.fetch = realFetch;
  });

  it('are listed with their day and all their decimals', async () => {
    renderSection();
    const row = within(await screen.findByRole('row', { name: /EUR/ }));
    expect(row.getByText('1 Jan 2026')).toBeInTheDocument();
    expect(row.getByText('1.1')).toBeInTheDocument();
    expect(screen.getByText('0.0000238')).toBeInTheDocument();
    expect(screen.getByRole('columnheader', { name: 'Worth in USD' })).toBeInTheDocument();
  });

  it('name what is missing, and a rate for it is added by keyboard from there', async () => {
    stored = { rates: [], missing: [{ currency: 'EUR', accounts: 18 }] };
    renderSection();
    expect(await screen.findByText('18 accounts have amounts in EUR, for which there is no rate')).toBeInTheDocument();
    expect(screen.getByText('None yet: only amounts in USD are known.')).toBeInTheDocument();
    screen.getByRole('button', { name: 'Add a rate for EUR' }).focus();
    await userEvent.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog', { name: 'Add an exchange rate' }));
    expect(dialog.getByRole('combobox', { name: 'Currency' })).toHaveValue('EUR');
    expect(dialog.getByLabelText('From')).toHaveValue('15 Apr 2026');
    await waitFor(() => expect(dialog.getByLabelText('One EUR in USD')).toHaveFocus());
    await userEvent.keyboard('0{Enter}');
    expect(await dialog.findByText('Give a number above 0')).toBeInTheDocument();
    expect(sent).toEqual([]);

    await userEvent.keyboard('.92{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(sent).toEqual([
      {
        method: 'PUT',
        path: expect.stringContaining('/workspace/exchange-rates/EUR/2026-04-15'),
        body: { rate: 0.92 },
      },
    ]);
  });

  it('are corrected in their place', async () => {
    renderSection();
    await userEvent.click(await screen.findByRole('button', { name: 'Change the rate of EUR from 1 Jan 2026' }));
    const field = within(await screen.findByRole('dialog')).getByLabelText('One EUR in USD');
    expect(field).toHaveValue('1.1');
    await userEvent.clear(field);
    await userEvent.type(field, '1.2{Enter}');
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent).toMatchObject([{ path: expect.stringContaining('/EUR/2026-01-01'), body: { rate: 1.2 } }]);
  });

  it('are added for a currency that is typed and taken with Enter', async () => {
    renderSection();
    await userEvent.click(await screen.findByRole('button', { name: 'Add an exchange rate' }));
    const dialog = within(await screen.findByRole('dialog'));
    const currency = dialog.getByRole('combobox', { name: 'Currency' });
    await waitFor(() => expect(currency).toHaveFocus());
    await userEvent.keyboard('gbp{Enter}');
    expect(currency).toHaveValue('GBP');
    await userEvent.type(dialog.getByLabelText('One GBP in USD'), '1.3{Enter}');
    await waitFor(() => expect(sent).toMatchObject([{ path: expect.stringContaining('/GBP/2026-04-15') }]));
  });

  it('say which rate of the same day they take the place of, and bring it back by undo', async () => {
    stored = { rates: [{ ...euro, fromDay: '2026-04-15' }], missing: [{ currency: 'EUR', accounts: 1 }] };
    renderSection();
    await userEvent.click(await screen.findByRole('button', { name: 'Add a rate for EUR' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Takes the place of the rate from this day, which is 1.1')).toBeInTheDocument();
    await userEvent.type(dialog.getByLabelText('One EUR in USD'), '1.2{Enter}');
    expect(await screen.findByText('The rate of EUR from 15 Apr 2026 is 1.2 now, and was 1.1')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(sent).toMatchObject([{ body: { rate: 1.2 } }, { body: { rate: 1.1 } }]));
  });

  it('are removed at once, and come back by undo', async () => {
    renderSection();
    await userEvent.click(await screen.findByRole('button', { name: 'Remove the rate of EUR from 1 Jan 2026' }));
    expect(await screen.findByText('None yet: only amounts in USD are known.')).toBeInTheDocument();
    expect(screen.getByText('The rate of EUR from 1 Jan 2026 was removed')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('row', { name: /EUR/ })).toBeInTheDocument();
    expect(sent).toMatchObject([
      { method: 'DELETE', path: expect.stringContaining('/EUR/2026-01-01') },
      { method: 'PUT', path: expect.stringContaining('/EUR/2026-01-01'), body: { rate: 1.1 } },
    ]);
  });

  it('are only read by who may not change the workspace', async () => {
    stored = { rates: [euro], missing: [{ currency: 'GBP', accounts: 1 }] };
    renderSection([]);
    await screen.findByRole('row', { name: /EUR/ });
    expect(screen.getByText('1 account has amounts in GBP, for which there is no rate')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /rate/ })).not.toBeInTheDocument();
  });
});
