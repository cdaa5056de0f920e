import { BUILT_IN_SIGNALS } from '../signals/built-in.js';
import { BUILT_IN_SEGMENTS } from './built-in.js';

describe('the built-in segment AM review', () => {
  it('shows which of its signs of growth hold', () => {
    const { columns } = BUILT_IN_SEGMENTS.find(({ key }) => key === 'am_review') ?? { columns: null };
    const signs = [
      'usage.seat_utilization',
      'usage.active_contacts_change',
      'adoption.breadth_change',
      'sentiment.promoter',
    ];
    expect(columns).toEqual(expect.arrayContaining(signs));
    expect(BUILT_IN_SIGNALS.map(({ key }) => key)).toEqual(expect.arrayContaining(signs));
  });
});
