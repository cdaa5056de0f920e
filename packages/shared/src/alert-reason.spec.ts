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
});
