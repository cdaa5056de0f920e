import { setTierSchema, updateAccountSchema } from './accounts.js';

describe('a day that a person writes', () => {
  it.each(['0000-01-01', '0001-01-01', '1899-12-31', '2201-01-01', '9999-12-31'])('is not %s', (day) => {
    for (const field of ['renewalDate', 'noticeGivenOn', 'leavesOn']) {
      const { error } = updateAccountSchema.safeParse({ revision: 1, [field]: day });
      expect(error?.issues).toMatchObject([{ path: [field], message: 'lies outside the years 1900 to 2200' }]);
    }
    expect(setTierSchema.safeParse({ tier: 'T1', reason: 'asked for', untilDay: day }).success).toBe(false);
  });

  it.each(['1900-01-01', '2026-04-15', '2200-12-31', null])('can be %s', (day) => {
    const update = { revision: 1, renewalDate: day, noticeGivenOn: day, leavesOn: day };
    expect(updateAccountSchema.parse(update)).toEqual(update);
  });
});
