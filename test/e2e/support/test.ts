import { type APIRequestContext, test as base, expect } from '@playwright/test';
import { addressFor } from './addresses.js';
import { KeptPage } from './kept-page.js';

export { expect };

/** The sample company's people, by what they may do. */
export type Role = 'admin' | 'manager' | 'csm' | 'am' | 'viewer';
export const PASSWORD = 'try-steward';
export const emailOf = (role: Role): string => `${role}@sample.example`;

/** The header without which the server refuses a change, so that no other site can forge one. */
const HEADERS = { 'x-steward-request': '1' };

type StorageState = Awaited<ReturnType<APIRequestContext['storageState']>>;
const NOBODY: StorageState = { cookies: [], origins: [] };

/** The API as the signed-in person's browser has it: what the screen must agree with. */
export interface Api {
  get: <T>(path: string) => Promise<T>;
  post: <T>(path: string, body: unknown) => Promise<T>;
  put: <T>(path: string, body: unknown) => Promise<T>;
  del: (path: string) => Promise<void>;
}

function apiOver(request: APIRequestContext): Api {
  const call = async <T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, data?: unknown): Promise<T> => {
    const answer = await request.fetch(`/api/v1${path}`, { method, data });
    const text = await answer.text();
    expect(answer.ok(), `${method} ${path}: ${text}`).toBe(true);
    return text === '' ? (undefined as T) : (JSON.parse(text) as T);
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    del: (path) => call('DELETE', path),
  };
}

interface TestFixtures {
  /** Who is signed in; null for nobody. */
  role: Role | null;
  api: Api;
  /** The same as another of the sample's people has it. */
  apiAs: (role: Role) => Promise<Api>;
  noErrors: undefined;
}

interface WorkerFixtures {
  signedIn: (role: Role) => Promise<StorageState>;
  keptPage: KeptPage;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  role: ['admin', { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  baseURL: async ({}, use, worker) => {
    await use(addressFor(worker));
  },

  /** One session a role for the whole run: signing in is slow by design. */
  signedIn: [
    async ({ playwright }, use, worker) => {
      const states = new Map<Role, StorageState>();
      await use(async (role) => {
        const known = states.get(role);
        if (known) return known;
        const request = await playwright.request.newContext({
          baseURL: addressFor(worker),
          // Signing in ends the session that the browser had before: here that must be nobody's.
          storageState: NOBODY,
          extraHTTPHeaders: HEADERS,
        });
        const answer = await request.post('/api/v1/auth/sign-in', {
          data: { email: emailOf(role), password: PASSWORD },
        });
        expect(answer.status(), await answer.text()).toBe(204);
        const state = await request.storageState();
        await request.dispose();
        states.set(role, state);
        return state;
      });
    },
    { scope: 'worker' },
  ],

  storageState: async ({ role, signedIn }, use) => {
    await use(role === null ? NOBODY : await signedIn(role));
  },

  keptPage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const kept = new KeptPage();
      await use(kept);
      await kept.close();
    },
    { scope: 'worker' },
  ],

  context: async ({ browser, keptPage, role, signedIn, baseURL, viewport }, use, test) => {
    await use(await keptPage.enter(browser, role === null ? NOBODY : await signedIn(role)));
    // What failed stays as it is for its picture; Playwright goes on in a new worker.
    if (test.status === test.expectedStatus) await keptPage.leave(baseURL ?? '', viewport);
  },

  page: async ({ context }, use) => {
    const [page] = context.pages();
    if (page) await use(page);
  },

  api: async ({ playwright, storageState, baseURL }, use) => {
    const request = await playwright.request.newContext({ baseURL, storageState, extraHTTPHeaders: HEADERS });
    await use(apiOver(request));
    await request.dispose();
  },

  apiAs: async ({ playwright, signedIn, baseURL }, use) => {
    const opened: APIRequestContext[] = [];
    await use(async (role) => {
      const storageState = await signedIn(role);
      const request = await playwright.request.newContext({ baseURL, storageState, extraHTTPHeaders: HEADERS });
      opened.push(request);
      return apiOver(request);
    });
    for (const request of opened) await request.dispose();
  },

  /** No page may throw, and none may complain in the console; a request that the server refuses is an answer. */
  noErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
          errors.push(message.text());
        }
      });
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});
