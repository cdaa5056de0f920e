import { returnAddress } from './return-address.js';

it('leads back to where the person wanted to go', () => {
  expect(returnAddress('/accounts?tier=T1')).toBe('/accounts?tier=T1');
});

it.each([undefined, '', 'https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', '/sign-in?from=/'])(
  'never to another site, nor back to signing in: %s',
  (from) => {
    expect(returnAddress(from)).toBe('/');
  },
);
