import { bulkSelectionOf } from './bulk-actions.js';

const worse = {
  kind: 'bands' as const,
  fromDay: '2026-10-31',
  toDay: '2026-11-22',
  from: 'healthy' as const,
  to: 'at_risk' as const,
};

it('all that match are said as they are listed, with what a figure of a report asks besides', () => {
  const matching = { kind: 'matching' as const, without: [] };
  expect(bulkSelectionOf(matching, { rule: null, text: 'ac', parts: [worse] })).toEqual({
    kind: 'matching',
    rule: null,
    text: 'ac',
    parts: [worse],
    without: [],
  });
  expect(bulkSelectionOf(matching, {})).toEqual({ kind: 'matching', rule: null, text: '', without: [] });
});
