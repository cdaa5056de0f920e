import type { Touchpoint } from '@steward/shared/touchpoints';
import { differingLines } from './touch-differences.js';

const touch = (some: Partial<Touchpoint> = {}): Touchpoint =>
  ({
    ...{ kind: 'call', text: 'Called Ada', at: '2026-11-20T09:00:00Z', counts: true, links: [] },
    ...{ contacts: [{ id: 'c-1', name: 'Ada' }], mentions: [] },
    ...some,
  }) as unknown as Touchpoint;

it('tells what somebody else has made of a touch, and nothing else', () => {
  const contacts = [
    { id: 'c-1', name: 'Ada King' },
    { id: 'c-2', name: 'Bob' },
  ] as Touchpoint['contacts'];
  expect(differingLines(touch(), touch({ contacts }), 'UTC')).toEqual(['Contacts: Ada King, Bob']);
  expect(differingLines(touch(), touch({ text: null, counts: false }), 'UTC')).toEqual([
    'Text: –',
    'Counts as being in touch: no',
  ]);
  expect(differingLines(touch(), touch({ at: '2026-11-20T10:30:00Z' }), 'UTC')).toEqual([
    'When: 20 Nov 2026, 10:30 UTC',
  ]);
});

it('takes another name of the same person for no change', () => {
  expect(differingLines(touch(), touch({ contacts: [{ id: 'c-1', name: 'Ada King' }] as never }), 'UTC')).toEqual([]);
});
