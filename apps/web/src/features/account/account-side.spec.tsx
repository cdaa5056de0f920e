import { screen, within } from '@testing-library/react';
import { planQuery } from '../../components/plan/get-plan.js';
import { AccountSide } from './account-side.js';
import { anAccount, EARLIER, renderAccount, TODAY } from './render-account.factory.js';

const sources = [
  { key: 'crm', label: 'CRM', factKind: 'account', lastReceivedAt: `${TODAY}T08:00:00Z`, silent: false },
  { key: 'usage', label: 'Usage', factKind: 'event', lastReceivedAt: `${TODAY}T08:00:00Z`, silent: true },
];
const plan = { objectives: [{ text: 'Open ten hotels', state: 'open', targetDay: null }], links: [], followers: [] };
const answers = [
  [planQuery('a-1').queryKey, plan],
  [['account', 'a-1', 'segments', null], []],
  [['account', 'a-1', 'segments', EARLIER], []],
  [['catalogue'], { fields: [], contactFields: [] }],
] as const;

it('today, tells what the customer wants and how old each source is', () => {
  renderAccount(<AccountSide account={anAccount({ sources } as never)} asOf={undefined} editable />, answers);
  expect(screen.getByText('Open ten hotels')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Follow' })).toBeVisible();
  expect(within(screen.getByRole('region', { name: 'Sources' })).getAllByText(/ago|just now|in /)).toHaveLength(2);
});

it('of an earlier day, tells of sources whether they were silent, and leaves out what is kept as it is now alone', () => {
  renderAccount(<AccountSide account={anAccount({ sources } as never)} asOf={EARLIER} editable={false} />, answers);
  expect(screen.queryByText('Open ten hotels')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Follow' })).toBeNull();
  const lines = within(screen.getByRole('region', { name: 'Sources' })).getAllByRole('listitem');
  expect(lines.map((line) => line.textContent)).toEqual(['CRMnot silent', 'Usagesilent']);
});
