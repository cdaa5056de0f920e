import { MantineProvider } from '@mantine/core';
import type { ImportDetail, ImportPreview } from '@steward/shared/import-api';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
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

function open(given: Partial<ImportPreview> = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(['me'], {
    workspace: { timeZone: 'UTC', today: '2026-04-15', currency: 'EUR' },
    permissions: [],
  });
  client.setQueryData(['imports', file.id, 'preview', 'account'], { ...preview, ...given });
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MappingStep file={file} onChecked={() => undefined} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

afterEach(() => sessionStorage.clear());

describe('what was said of the columns', () => {
  it('is still there after a reload', () => {
    const page = open();
    fireEvent.change(screen.getByLabelText(/^Currency of amounts/), { target: { value: 'usd' } });
    page.unmount();
    open();
    expect(screen.getByLabelText<HTMLInputElement>(/^Currency of amounts/).value).toBe('USD');
  });
});

describe('a file of rejected rows', () => {
  it('says that it cannot be told how they were read', () => {
    open({ unclearOrigin: 'It cannot be told.' });
    expect(screen.getByText('It cannot be told.')).toBeTruthy();
  });
});
