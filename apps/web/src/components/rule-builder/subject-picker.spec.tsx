import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aField, renderCondition } from './render.factory.js';

const FIELDS = [
  aField('account.name', 'Name', { type: 'text', description: 'Not the renewal date' }),
  aField('account.arr', 'ARR'),
  aField('account.renewalDeadline', 'Renewal date to tell by', { type: 'date' }),
  aField('account.renewalDate', 'Renewal date', { type: 'date' }),
  aField('commercial.arr', 'ARR', { group: 'Signals' }),
  aField('usage.events', 'Events', { group: 'Signals' }),
];

function drawCondition(field: string): HTMLElement {
  renderCondition({ kind: 'compare', field, op: 'isSet' }, FIELDS);
  return screen.getByRole('combobox', { name: 'Field or signal' });
}

const options = () => screen.getAllByRole('option').map(({ textContent }) => textContent);

async function write(picker: HTMLElement, text: string): Promise<void> {
  await userEvent.clear(picker);
  await userEvent.type(picker, text);
}

it('takes the field whose name is typed in full at Enter, before others that are found too', async () => {
  const picker = drawCondition('account.arr');
  await write(picker, 'renewal date');
  expect(options()).toEqual(['Renewal date', 'Renewal date to tell by', 'NameNot the renewal date']);
  await userEvent.keyboard('{Enter}');
  expect(picker).toHaveValue('Renewal date');
});

it('takes the best match of what is typed in part', async () => {
  const picker = drawCondition('account.arr');
  await write(picker, 'Renewal dat');
  expect(options()[0]).toBe('Renewal date to tell by');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(picker).toHaveValue('Renewal date');
});

it('shows all that may be asked where nothing is typed over the name of what is chosen', async () => {
  await userEvent.click(drawCondition('account.renewalDate'));
  expect(options()).toEqual(
    expect.arrayContaining(['ARR', 'Renewal date', 'Its invoices'].map(expect.stringContaining)),
  );
});

it('tells subjects of one name apart', async () => {
  const picker = drawCondition('account.name');
  await write(picker, 'ARR');
  expect(options()).toEqual(['ARR', 'ARR (signal)']);
  await write(picker, 'Events');
  expect(options().slice(0, 2)).toEqual(['Events', expect.stringMatching(/^Events by name/)]);
});
