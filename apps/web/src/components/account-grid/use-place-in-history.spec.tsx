import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
  useNavigate,
} from '@tanstack/react-router';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import type { AccountQuestion } from './count-accounts.js';
import { usePlaceInHistory } from './use-place-in-history.js';

const QUESTION: AccountQuestion = { rule: null, text: '', asOf: null };

function Accounts() {
  const place = usePlaceInHistory(QUESTION, []);
  const [row, setRow] = useState<number | null | undefined>();
  const navigate = useNavigate();
  return (
    <>
      <button type="button" onClick={() => place.note(6)}>
        Focus row 6
      </button>
      <button type="button" onClick={() => void navigate({ to: '/accounts/$accountId', params: { accountId: 'a1' } })}>
        Open the account
      </button>
      <button type="button" onClick={() => setRow(place.rowToReturnTo(40))}>
        Rows came
      </button>
      {row === undefined ? null : <output>{row === null ? 'at the top' : `at row ${row}`}</output>}
    </>
  );
}

async function openApp() {
  const rootRoute = createRootRoute();
  const route = (path: string, component: () => React.ReactNode) =>
    createRoute({ getParentRoute: () => rootRoute, path, component });
  const router = createRouter({
    routeTree: rootRoute.addChildren([
      route('/', () => <h1>Today</h1>),
      route('/accounts', Accounts),
      route('/accounts/$accountId', () => <h1>Account</h1>),
    ]),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  window.scrollTo = () => {};
  await router.load();
  render(<RouterProvider router={router as never} />);
  return {
    openAccounts: () => act(() => router.navigate({ to: '/accounts' } as never)),
    back: () => act(async () => router.history.back()),
  };
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
const atHeading = (name: string) => screen.findByRole('heading', { name });

describe('the list of accounts', () => {
  it('is at the row that was left when Back leads to it', async () => {
    const { openAccounts, back } = await openApp();
    await openAccounts();
    await press('Focus row 6');
    await press('Open the account');
    await atHeading('Account');
    await back();
    await press('Rows came');
    expect(screen.getByRole('status')).toHaveTextContent('at row 6');
  });

  it('is at its top when it is opened anew where Back had gone away from it', async () => {
    const { openAccounts, back } = await openApp();
    await openAccounts();
    await press('Focus row 6');
    await back();
    await atHeading('Today');
    await openAccounts();
    await press('Rows came');
    expect(screen.getByRole('status')).toHaveTextContent('at the top');
  });
});
