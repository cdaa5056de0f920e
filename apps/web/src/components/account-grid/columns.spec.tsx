import type { AccountRow } from '@steward/shared/accounts';
import { render } from '@testing-library/react';
import { DEFAULT_LAYOUT, fieldsShown, layoutOfFields } from './column-layout.js';
import { columnOf } from './columns.js';
import type { CellProps } from './grid-context.js';

function cellOf(column: string, row: Partial<AccountRow>) {
  const Cell = columnOf(column)?.cell ?? (() => null);
  const { container } = render(<Cell {...({ data: row, context: {}, column: null } as unknown as CellProps)} />);
  return { text: container.textContent, title: container.firstElementChild?.getAttribute('title') };
}

it('the primary contact waits until it is chosen, by hand or by a segment', () => {
  expect(fieldsShown(DEFAULT_LAYOUT)).not.toContain('account.primaryContact');
  const segment = ['account.name', 'account.primaryContact', 'account.csm'];
  expect(fieldsShown(layoutOfFields(segment, DEFAULT_LAYOUT))).toEqual(segment);
  expect(cellOf('primaryContact', { primaryContact: 'Ann Ash' }).text).toBe('Ann Ash');
  expect(cellOf('primaryContact', { primaryContact: null })).toEqual({ text: '–', title: 'No contact is marked so' });
});

it('the last touch is never where nobody ever was in touch, and says on hover what counts', () => {
  expect(cellOf('touch', { daysSinceTouch: 549, neverTouched: true })).toEqual({
    text: 'never',
    title: 'Never touched; counts as 549 days',
  });
  expect(cellOf('touch', { daysSinceTouch: 12, neverTouched: false })).toEqual({
    text: '12 d',
    title: '12 days since the last touch',
  });
});

it('an ARR that is not known says which amount lacks an exchange rate', () => {
  const arrWithoutRate = [{ amountMinor: 100_000, currency: 'EUR' }];
  expect(cellOf('arr', { arrMinor: null, arrWithoutRate })).toEqual({
    text: '–',
    title: '€1,000: no exchange rate for EUR',
  });
  expect(cellOf('arr', { arrMinor: null }).title).toBe('ARR is not known');
});
