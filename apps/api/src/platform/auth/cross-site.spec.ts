import { refuseCrossSite } from './cross-site.js';

const asking =
  (method: string, headers: Record<string, string>, host = 'steward.example:3000') =>
  () =>
    refuseCrossSite({ method, host, get: (name: string) => headers[name] } as never, 'https://public.example');

const ours = { 'x-steward-request': '1' };

describe('a request that changes something', () => {
  it('passes from a page of ours', () => {
    expect(
      asking('POST', { ...ours, 'sec-fetch-site': 'same-origin', origin: 'http://steward.example:3000' }),
    ).not.toThrow();
    expect(asking('DELETE', { ...ours, origin: 'http://steward.example:3000' })).not.toThrow();
  });

  it('passes behind a proxy that hides the host, by the public address', () => {
    expect(asking('POST', { ...ours, origin: 'https://public.example' }, 'backend:3000')).not.toThrow();
  });

  it('passes without a browser’s headers: no browser leaves both out', () => {
    expect(asking('POST', ours)).not.toThrow();
  });

  it('passes with an Authorization header, which no other site can send along', () => {
    expect(asking('POST', { authorization: 'Bearer sk_x' })).not.toThrow();
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('is not a %s', (method) => {
    expect(asking(method, { 'sec-fetch-site': 'cross-site' })).not.toThrow();
  });

  it.each([
    ['our header is missing', {}],
    ['our header is empty', { 'x-steward-request': '' }],
    ['another site started it', { ...ours, 'sec-fetch-site': 'cross-site' }],
    ['a neighbouring host started it', { ...ours, 'sec-fetch-site': 'same-site' }],
    ['the origin is another port', { ...ours, origin: 'http://steward.example:4000' }],
    ['the origin is opaque', { ...ours, origin: 'null' }],
    ['the origin is nonsense', { ...ours, origin: ':' }],
  ])('is refused when %s', (_, headers) => {
    expect(asking('POST', headers as Record<string, string>)).toThrow(/page of Steward/);
  });
});
