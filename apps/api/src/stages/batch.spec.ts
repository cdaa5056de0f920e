import { bucketRange, bucketsOf, inBatch, planRanges } from './batch.js';

describe('batches of accounts', () => {
  it('cover whole buckets, from the lowest id of the first to the highest of the last', () => {
    expect(bucketRange(0, 15)).toEqual({
      kind: 'range',
      from: '00000000-0000-0000-0000-000000000000',
      to: '0fffffff-ffff-ffff-ffff-ffffffffffff',
    });
    expect(bucketsOf(bucketRange(250, 255))).toEqual([250, 251, 252, 253, 254, 255]);
  });

  it('lock the buckets of a list once each, in ascending order', () => {
    const ids = ['ff000000-0000-0000-0000-000000000001', '0a000000-0000-0000-0000-000000000001'];
    expect(bucketsOf({ kind: 'list', ids: [...ids, ids[0] as string] })).toEqual([10, 255]);
  });

  it('ask for a range by plain bounds and for a list by membership', () => {
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    expect(inBatch(bucketRange(1, 1), 's.account_id', bind)).toBe(
      's.account_id >= $1::uuid AND s.account_id <= $2::uuid',
    );
    expect(inBatch({ kind: 'list', ids: ['x'] }, 'id', bind)).toBe('id = ANY($3::uuid[])');
    expect(values).toEqual([expect.any(String), expect.any(String), ['x']]);
  });

  it('are planned so that each holds about the size asked for, in neighbouring buckets only', () => {
    const counts = [400, 400, 400, 5_000, 10, 10];
    expect(planRanges(counts, [0, 1, 2, 3, 4, 5], 1_000)).toEqual([
      [0, 1],
      [2, 2],
      [3, 3],
      [4, 5],
    ]);
    expect(planRanges(counts, [0, 2, 4], 1_000)).toEqual([
      [0, 0],
      [2, 2],
      [4, 4],
    ]);
    expect(planRanges([], [], 1_000)).toEqual([]);
  });
});
