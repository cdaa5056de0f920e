import { ApiError, apiUrl, errorText, request } from './api.js';

interface Sent {
  url: string;
  init: RequestInit;
}

const sent: Sent[] = [];
let answer: { status: number; body: string };

beforeEach(() => {
  sent.length = 0;
  answer = { status: 200, body: '{}' };
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const { status, body } = answer;
    return { ok: status < 400, status, text: async () => body, json: async () => JSON.parse(body) };
  }) as unknown as typeof fetch;
});

const headersOf = (index: number) => sent[index]?.init.headers as Record<string, string>;

it('leaves out of an address what is not set', () => {
  expect(apiUrl('/accounts/1', { asOf: undefined, list: '', offset: 0 })).toBe('/api/v1/accounts/1?offset=0');
});

it('marks requests that change something as its own, and sends the session only to its own site', async () => {
  await request('GET', '/me');
  await request('POST', '/accounts/query', { body: { text: 'acme' } });
  expect(headersOf(0)['x-steward-request']).toBeUndefined();
  expect(headersOf(1)['x-steward-request']).toBe('1');
  expect(sent.map(({ init }) => init.credentials)).toEqual(['same-origin', 'same-origin']);
  expect(sent[1]?.init.body).toBe('{"text":"acme"}');
});

it('sends a file as it is', async () => {
  const file = new File(['a,b'], 'a.csv');
  await request('POST', '/imports', { body: file });
  expect(sent[0]?.init.body).toBe(file);
  expect(headersOf(0)['content-type']).toBeUndefined();
});

it('gives nothing where the answer is empty', async () => {
  answer = { status: 204, body: '' };
  await expect(request('DELETE', '/accounts/1/tier')).resolves.toBeUndefined();
});

it('turns a refusal into words: the message, then the places it names', async () => {
  answer = {
    status: 422,
    body: JSON.stringify({
      code: 'INVALID_INPUT',
      message: 'The input is not valid.',
      details: [{ path: 'seats', message: 'must be 0 or more' }],
    }),
  };
  const error = await request('PATCH', '/accounts/1').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
  expect(errorText(error)).toBe('The input is not valid. · seats: must be 0 or more');
});

it('says so when the server broke or cannot be reached', async () => {
  answer = { status: 502, body: '<html>' };
  await expect(request('GET', '/me')).rejects.toMatchObject({ status: 502, code: 'HTTP_502' });
  globalThis.fetch = async () => {
    throw new TypeError('failed to fetch');
  };
  await expect(request('GET', '/me')).rejects.toMatchObject({ status: 0, code: 'UNREACHABLE' });
});

it('tells a person whose session has ended to sign in, in words for people', async () => {
  answer = { status: 401, body: JSON.stringify({ code: 'NOT_SIGNED_IN', message: 'Sign in, or send an API key.' }) };
  const refused = await request('GET', '/me').catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
  expect(errorText(refused)).toBe('You are no longer signed in. Sign in again to go on.');
});
