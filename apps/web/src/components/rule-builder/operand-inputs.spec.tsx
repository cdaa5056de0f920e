import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aField, renderCondition } from './render.factory.js';

const FIELDS = [
  aField('account.seats', 'Seats'),
  aField('account.renewalDate', 'Renewal date', { type: 'date' }),
  aField('health.score', 'Health', { tracked: true, unit: 'points' }),
];

async function write(name: string, text: string): Promise<HTMLElement> {
  const box = screen.getByRole('textbox', { name });
  await userEvent.clear(box);
  await userEvent.type(box, text);
  await userEvent.tab();
  return box;
}

it('says with the field that the smaller number of a range comes first', async () => {
  const { written } = renderCondition(
    { kind: 'compare', field: 'account.seats', op: 'between', value: [10, 20] },
    FIELDS,
  );
  const to = await write('To', '5');
  expect(to).toHaveAccessibleDescription('The smaller number comes first');
  expect(to).toBeInvalid();
  expect(written()).toBeNull();
  await write('To', '15');
  expect(to).not.toHaveAccessibleDescription();
  expect(written()).toEqual({
    kind: 'all',
    rules: [{ kind: 'compare', field: 'account.seats', op: 'between', value: [10, 15] }],
  });
});

it('keeps a number of days out of range as it was typed, and says the range with the field', async () => {
  const { written } = renderCondition(
    { kind: 'date', field: 'account.renewalDate', op: 'inNextDays', days: 90 },
    FIELDS,
  );
  const days = await write('Days', '99999');
  expect(days).toHaveValue('99999');
  expect(days).toHaveAccessibleDescription('From 0 to 3,660');
  expect(written()).toBeNull();
});

it('says over how many days a change can be asked for', async () => {
  renderCondition(
    { kind: 'change', field: 'health.score', direction: 'down', by: 20, unit: 'points', overDays: 30 },
    FIELDS,
  );
  expect(await write('Over days', '0')).toHaveAccessibleDescription('From 1 to 400');
});

it('says how often and how far back events are counted, and how many rows can be asked for', async () => {
  const { written } = renderCondition(
    {
      kind: 'all',
      rules: [
        { kind: 'eventCount', event: null, op: 'gte', count: 1, inLastDays: 30 },
        { kind: 'related', of: 'ticket', quantifier: 'atLeast', n: 2, rule: { kind: 'all', rules: [] } },
      ],
    },
    FIELDS,
  );
  expect(await write('In the last days', '500')).toHaveAccessibleDescription('From 1 to 400');
  await write('In the last days', '50');
  expect(await write('Times', '2000000000')).toHaveAccessibleDescription('From 0 to 1,000,000,000');
  expect(written()).toBeNull();
  await write('Times', '3');
  expect(written()).not.toBeNull();
  expect(await write('Number of rows', '1001')).toHaveAccessibleDescription('From 1 to 1,000');
  expect(written()).toBeNull();
});

it('says how many conditions of a group can be asked to hold, also once one of them is gone', async () => {
  const seats = (value: number) => ({ kind: 'compare', field: 'account.seats', op: 'gte', value }) as const;
  const { written } = renderCondition({ kind: 'atLeast', n: 2, rules: [seats(1), seats(2)] }, FIELDS);
  expect(await write('At least how many', '3')).toHaveAccessibleDescription('From 1 to 2');
  expect(written()).toBeNull();
  await write('At least how many', '2');
  expect(written()).toMatchObject({ rules: [{ kind: 'atLeast', n: 2 }] });
  await userEvent.click(screen.getByRole('button', { name: 'Remove condition 1.2' }));
  expect(screen.getByRole('textbox', { name: 'At least how many' })).toHaveAccessibleDescription('From 1 to 1');
  expect(written()).toBeNull();
});
