import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import type { StandIn, User } from '@steward/shared/access';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { PeoplePage } from './people-page.js';
import { YouPage } from './you-page.js';

const aUser = (id: string, fullName: string, role: User['role'], managerId: string | null = null): User => ({
  id,
  email: `${id}@example.com`,
  fullName,
  role,
  managerId,
  active: true,
  revision: 1,
  createdAt: '2026-01-01T00:00:00Z',
});

const users = [
  aUser('lead', 'Lea Lind', 'manager'),
  aUser('carla', 'Carla Chen', 'csm', 'lead'),
  aUser('bo', 'Bo Berg', 'csm', 'lead'),
  aUser('cy', 'Cy Young', 'am'),
  aUser('vi', 'Vi Ewer', 'viewer'),
];

let stored: StandIn[];
let sent: { method: string; path: string; body: unknown }[];
let refusal: { code: string; message: string; details: { path: string; message: string }[] } | null;

const answer = (body: unknown, status = 200) => ({
  ok: status < 400,
  status,
  text: async () => JSON.stringify(body),
});

/** Stands in for the server: keeps what is sent, and answers what is stored. */
const server = async (path: string, init: RequestInit = {}) => {
  const method = init.method ?? 'GET';
  if (path.endsWith('/users')) return answer({ users });
  if (method === 'GET') return answer({ standIns: stored });
  const body = init.body ? JSON.parse(String(init.body)) : null;
  sent.push({ method, path, body });
  if (refusal !== null) return answer(refusal, 409);
  if (method === 'DELETE') stored = [];
  if (method === 'PUT') stored = [{ standInId: body.standInId, fromDay: body.fromDay, toDay: body.toDay }];
  return answer({ standIns: stored });
};

function shown(page: ReactNode, who = 'carla') {
  const user = users.find(({ id }) => id === who) as User;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const permissions = user.role === 'viewer' ? ['accounts:read'] : ['accounts:read', 'stand-ins:write'];
  client.setQueryData(['me'], { user, workspace: { today: '2026-11-23' }, permissions, standsInFor: [] });
  client.setQueryDefaults(['me'], { staleTime: Number.POSITIVE_INFINITY });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <Notifications />
        {page}
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const named: StandIn = { standInId: 'bo', fromDay: '2026-11-20', toDay: '2026-12-05' };
const setDay = (label: string, day: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: day } });

async function fill(who: string, from: string, to: string) {
  await userEvent.click(screen.getByRole('combobox', { name: 'Who stands in' }));
  await userEvent.click(await screen.findByRole('option', { name: who }));
  setDay('First day', from);
  setDay('Last day', to);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
}

describe('who stands in', () => {
  const realFetch = globalThis.fetch;
  beforeEach(() => {
    stored = [];
    sent = [];
    refusal = null;
    notifications.clean();
    globalThis.fetch = server as unknown as typeof fetch;
  });
  afterAll(() => {
    globalThis.fetch = realFetch;
  });

  it('is nobody at first, and is named with two days', async () => {
    shown(<YouPage />);
    expect(await screen.findByText('Nobody stands in for you.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Name a stand-in' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Choose a person')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('combobox', { name: 'Who stands in' }));
    // Neither oneself nor somebody who may only look.
    const options = (await screen.findAllByRole('option')).map(({ textContent }) => textContent);
    expect(options).toEqual(['Lea Lind', 'Bo Berg', 'Cy Young']);

    await fill('Bo Berg', '2026-12-01', '2026-11-30');
    expect(await screen.findByText('Lies before the first day')).toBeInTheDocument();
    setDay('First day', '2026-11-01');
    setDay('Last day', '2026-11-22');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Is over already')).toBeInTheDocument();
    expect(sent).toEqual([]);

    setDay('First day', '2026-11-20');
    setDay('Last day', '2026-12-05');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    const row = within(await screen.findByRole('row', { name: /Bo Berg/ }));
    expect(row.getByText('Now')).toBeInTheDocument();
    expect(row.getByText('5 Dec 2026')).toBeInTheDocument();
    expect(sent).toMatchObject([
      { method: 'PUT', path: expect.stringContaining('/users/carla/stand-ins'), body: named },
    ]);
  });

  it('says beside the field what the server refuses, and keeps what was chosen', async () => {
    refusal = {
      code: 'STAND_IN_OVERLAPS',
      message: 'Cy Young stands in from 1 Dec 2026 to 9 Dec 2026 already.',
      details: [{ path: 'toDay', message: 'overlaps' }],
    };
    shown(<YouPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Name a stand-in' }));
    await fill('Bo Berg', '2026-11-23', '2026-12-05');
    await waitFor(() => expect(screen.getByLabelText('Last day')).toHaveAccessibleDescription(/Cy Young stands in/));
    expect(screen.getAllByText(/Cy Young stands in/)).toHaveLength(1);
    expect(screen.getByRole('combobox', { name: 'Who stands in' })).toHaveValue('Bo Berg');
  });

  it('is changed in place: another person takes the place of the one before', async () => {
    stored = [named];
    shown(<YouPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Change Bo Berg from 20 Nov 2026' }));
    await fill('Cy Young', '2026-11-20', '2026-12-06');
    expect(await screen.findByRole('row', { name: /Cy Young/ })).toBeInTheDocument();
    expect(sent[0]?.body).toEqual({
      standInId: 'cy',
      fromDay: '2026-11-20',
      toDay: '2026-12-06',
      instead: { standInId: 'bo', fromDay: '2026-11-20' },
    });
  });

  it('ends at once, and comes back by undo', async () => {
    stored = [named];
    shown(<YouPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'End Bo Berg from 20 Nov 2026' }));
    expect(await screen.findByText('Nobody stands in for you.')).toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('row', { name: /Bo Berg/ })).toBeInTheDocument();
    expect(sent).toMatchObject([
      { method: 'DELETE', path: expect.stringContaining('/users/carla/stand-ins/bo/2026-11-20') },
      { method: 'PUT', body: named },
    ]);
  });

  it('is left out once it is over', async () => {
    stored = [{ ...named, toDay: '2026-11-22' }];
    shown(<YouPage />);
    expect(await screen.findByText('Nobody stands in for you.')).toBeInTheDocument();
  });

  it('is not asked of those who may only look', () => {
    shown(<YouPage />, 'vi');
    expect(screen.queryByRole('heading', { name: 'Stand-in' })).not.toBeInTheDocument();
  });

  it('is named by a manager for each of their team, and for nobody else', async () => {
    shown(<PeoplePage />, 'lead');
    await screen.findByRole('row', { name: /Carla Chen/ });
    const offered = screen.getAllByRole('button', { name: /^Stand-in of/ }).map((button) => button.ariaLabel);
    expect(offered).toEqual(['Stand-in of Carla Chen', 'Stand-in of Bo Berg']);
    await userEvent.click(screen.getByRole('button', { name: 'Stand-in of Carla Chen' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Stand-in of Carla Chen' }));
    expect(await dialog.findByText('Nobody stands in for Carla Chen.')).toBeInTheDocument();
  });

  it('is nobody’s to name on the page of people for those who lead nobody', async () => {
    shown(<PeoplePage />, 'carla');
    await screen.findByRole('row', { name: /Bo Berg/ });
    expect(screen.queryByRole('button', { name: /^Stand-in of/ })).not.toBeInTheDocument();
  });
});
