import { MantineProvider } from '@mantine/core';
import type { ImportDetail, ImportPreview } from '@steward/shared/import-api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { MappingStep } from './mapping-step.js';

const file = {
  id: 'import-1',
  kind: 'account',
  fileName: 'accounts.csv',
  state: 'uploaded',
  mapping: null,
} as unknown as ImportDetail;

const preview: ImportPreview = {
  encoding: 'utf-8',
  delimiter: ',',
  headers: [{ name: 'id', renamed: null }],
  rows: [],
  rowsRead: 1,
  complete: true,
  kind: 'account',
  kinds: [],
  columns: [],
  suggestions: [{ mapping: { column: 'id', field: 'account' }, confidence: 1 }],
  needsDay: false,
  savedMappings: [],
  unclearOrigin: null,
};

function open(given: Partial<ImportPreview> = {}, ofFile: Partial<ImportDetail> = {}, onChecked = () => {}) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], {
    workspace: { timeZone: 'UTC', today: '2026-04-15', currency: 'EUR' },
    permissions: [],
  });
  client.setQueryData(['imports', file.id, 'preview', 'account'], { ...preview, ...given });
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MappingStep file={{ ...file, ...ofFile }} onChecked={onChecked} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const currency = () => screen.getByLabelText<HTMLInputElement>(/^Currency of amounts/);

afterEach(() => {
  jest.restoreAllMocks();
  sessionStorage.clear();
});

describe('what was said of the columns', () => {
  it('is still there after a reload', () => {
    const page = open();
    fireEvent.change(currency(), { target: { value: 'usd' } });
    page.unmount();
    open();
    expect(currency().value).toBe('USD');
  });

  it('gives way to what was sent from another tab since', () => {
    const page = open();
    fireEvent.change(currency(), { target: { value: 'usd' } });
    page.unmount();
    const mapping = { kind: 'account', columns: [{ column: 'id', field: 'account' }], constants: {}, currency: 'CHF' };
    open({}, { mapping: mapping as unknown as ImportDetail['mapping'] });
    expect(currency().value).toBe('CHF');
  });

  it('is sent also where the browser keeps nothing', async () => {
    const refuse = () => {
      throw new Error('The storage is switched off.');
    };
    jest.spyOn(Storage.prototype, 'removeItem').mockImplementation(refuse);
    globalThis.fetch ??= jest.fn();
    const answer = { ok: true, status: 200, text: async () => JSON.stringify(preview) } as Response;
    jest.spyOn(globalThis, 'fetch').mockResolvedValue(answer);
    const onChecked = jest.fn();
    open({}, {}, onChecked);
    fireEvent.click(screen.getByRole('button', { name: 'Check the file' }));
    await waitFor(() => expect(onChecked).toHaveBeenCalled());
  });
});

describe('a month as a column', () => {
  const suggestions: ImportPreview['suggestions'] = [
    { mapping: { column: 'id', field: 'account' }, confidence: 1 },
    { mapping: { column: '2026-01', ignore: true }, confidence: 0, hint: 'Months as columns are not read.' },
  ];

  it('is left out, with the reason', () => {
    open({ suggestions });
    expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Where the column 2026-01 goes' }).value).toBe(
      'Leave out',
    );
    expect(screen.getByText('Months as columns are not read.')).toBeTruthy();
  });
});

describe('a file of rejected rows', () => {
  it('says that it cannot be told how they were read', () => {
    open({ unclearOrigin: 'It cannot be told.' });
    expect(screen.getByText('It cannot be told.')).toBeTruthy();
  });
});
