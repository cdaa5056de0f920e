import { expect } from '@playwright/test';
import type { AccountDetail, AccountPage } from '@steward/shared/accounts';
import { daysBefore } from './days.js';
import { type Api, emailOf } from './test.js';

/** Days on which so many of a customer's people used so many features. */
export interface Use {
  /** How many days ago, from and to. */
  daysAgo: readonly [number, number];
  people: number;
  features: number;
}

/** Delivers facts, and sees to it that none was refused. */
export async function stored(admin: Api, kind: string, facts: unknown): Promise<void> {
  expect(await admin.post(`/facts/${kind}`, facts)).toMatchObject({ success: true });
}

/** A customer of the sample's CSM and AM, as it would come from the company's own systems. Answers its id. */
export async function aCustomer(
  admin: Api,
  externalId: string,
  { name, today, uses, fields = {} }: { name: string; today: string; uses: readonly Use[]; fields?: object },
): Promise<string> {
  await stored(admin, 'account', {
    account: externalId,
    name,
    status: 'customer',
    customerSince: daysBefore(today, 400),
    csm: emailOf('csm'),
    am: emailOf('am'),
    currency: 'USD',
    ...fields,
  });
  await use(admin, externalId, today, uses);
  let id = '';
  const inTheList = async () => {
    const { rows } = await admin.post<AccountPage>('/accounts/query', { text: externalId });
    id = rows[0]?.id ?? '';
    return id;
  };
  await expect.poll(inTheList, { timeout: 30_000 }).not.toBe('');
  return id;
}

/** Their people at work. */
export async function use(admin: Api, externalId: string, today: string, uses: readonly Use[]): Promise<void> {
  const { features } = await admin.get<{ features: { key: string }[] }>('/catalogue/events');
  const events = uses.flatMap(({ daysAgo: [from, to], people, features: many }) =>
    Array.from({ length: from - to + 1 }, (_, each) => daysBefore(today, from - each)).flatMap((day) =>
      Array.from({ length: people }, (_, person) =>
        features.slice(0, many).map(({ key }) => ({
          account: externalId,
          messageId: `${externalId}-${day}-${person}-${key}`,
          contactId: `${externalId}-${person}`,
          name: `Used ${key}`,
          feature: key,
          occurredAt: `${day}T10:00:00Z`,
        })),
      ).flat(),
    ),
  );
  for (let from = 0; from < events.length; from += 500) {
    await stored(admin, 'event', events.slice(from, from + 500));
  }
}

/** Waits until the pipeline has made of the facts what is expected. */
export function until(api: Api, id: string, fits: (account: AccountDetail) => boolean): Promise<void> {
  return expect.poll(async () => fits(await api.get<AccountDetail>(`/accounts/${id}`)), { timeout: 30_000 }).toBe(true);
}
