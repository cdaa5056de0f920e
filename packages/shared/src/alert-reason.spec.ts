import { filledReason, type ReasonValue } from './alert-reason.js';

const plain: ReasonValue['field'] = { type: 'number', unit: null, options: null };
const filled = (template: string, values: Record<string, ReasonValue>) => filledReason(template, (key) => values[key]);

describe('The reason of an alert', () => {
  it('tells a day as the pages write it', () => {
    const field = { ...plain, type: 'date' } as const;
    expect(filled('Renews on {{renewal}}', { renewal: { value: '2026-11-29', field } })).toBe('Renews on 29 Nov 2026');
    expect(filled('since {{since}}', { since: { value: '2026-03-01', field } })).toBe('since 1 Mar 2026');
  });

  it('leaves what is no day as it is', () => {
    const field = { ...plain, type: 'date' } as const;
    expect(filled('since {{since}}', { since: { value: '2026-13-01', field } })).toBe('since 2026-13-01');
  });

  it('tells a fall with a minus, to a tenth', () => {
    const field = { ...plain, type: 'percent' } as const;
    expect(filled('changed by {{change}}', { change: { value: -55.5556, field } })).toBe('changed by −55.6 %');
  });

  it('leaves out a part that has nothing to tell, and the semicolon beside it', () => {
    const template = '[[failed payments: {{failed}}]]; [[{{amount}} overdue for {{days}}]]';
    const read = (failed: number | null, amount: number | null, days: number | null) =>
      filled(template, {
        failed: { value: failed, field: plain },
        amount: { value: amount, field: { ...plain, type: 'money', unit: 'USD' } },
        days: { value: days, field: { ...plain, unit: 'days' } },
      });
    expect(read(1, 0, 0)).toBe('Failed payments: 1');
    expect(read(null, 5000, 20)).toBe('5,000 USD overdue for 20 days');
    expect(read(2, 5000, 1)).toBe('Failed payments: 2; 5,000 USD overdue for 1 day');
    expect(filled('On {{a}} [b] [[, {{gone}} ]]end', { a: { value: 1, field: plain } })).toBe('On 1 [b] end');
  });

  it('tells what is just beyond once apart from once', () => {
    const times = { ...plain, unit: 'times' } as const;
    expect(filled('{{lag}}', { lag: { value: 1.0333, field: times } })).toBe('1.03 ×');
    expect(filled('{{lag}}', { lag: { value: 2.0333, field: times } })).toBe('2 ×');
  });
});
