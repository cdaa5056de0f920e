import { STAGE_OUTCOMES } from '@steward/shared/report-parts';
import fc from 'fast-check';
import { conversionOf, type EntryGroup, reEntriesOf } from './funnel.js';

const group = (over: Partial<EntryGroup> = {}): EntryGroup => ({
  month: '2026-01',
  stage: 'onboarding',
  became: 'movedOn',
  accounts: 1,
  entries: 1,
  ...over,
});

it('takes the conversion over all that entered, those that are still there among them', () => {
  const groups = [group({ accounts: 6, entries: 6 }), group({ became: 'lost' }), group({ became: 'stillThere' })];
  expect(conversionOf(groups)).toEqual({
    entered: 8,
    movedOn: 6,
    lost: 1,
    wentBack: 0,
    stillThere: 1,
    conversion: 75,
  });
});

it('knows no conversion where nobody entered', () => {
  expect(conversionOf([]).conversion).toBeNull();
});

it('counts further entries of an account apart', () => {
  expect(reEntriesOf([group({ accounts: 2, entries: 5 }), group()])).toBe(3);
});

it('leaves nobody who entered without an end', () => {
  const groups = fc.array(
    fc.record({ became: fc.constantFrom(...STAGE_OUTCOMES), accounts: fc.nat(50) }).map((over) => group(over)),
  );
  fc.assert(
    fc.property(groups, (given) => {
      const { entered, movedOn, lost, wentBack, stillThere, conversion } = conversionOf(given);
      expect(movedOn + lost + wentBack + stillThere).toBe(entered);
      if (conversion !== null) expect(conversion >= 0 && conversion <= 100).toBe(true);
    }),
  );
});
