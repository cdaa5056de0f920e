import type { ExplainedMeasure, ScoreExplanation } from '@steward/shared/health';
import { explanationText } from './explanation-text.js';

const measure = (overrides: Partial<ExplainedMeasure>): ExplainedMeasure => ({
  signal: 'support.urgent_open',
  group: 'support',
  value: 1,
  nullReason: null,
  connected: true,
  normalized: 66.7,
  share: 7.5,
  effectiveShare: 50,
  pointsGiven: 33.33,
  pointsLost: 16.67,
  weightWentTo: null,
  evidence: null,
  ...overrides,
});

const nps = (overrides: Partial<ExplainedMeasure> = {}) =>
  measure({ signal: 'sentiment.nps', group: 'sentiment', value: -100, normalized: 0, share: 15, ...overrides });

const noAnswer = nps({
  value: null,
  nullReason: 'no_answer',
  normalized: null,
  effectiveShare: 0,
  weightWentTo: 'other_groups',
});

const text = (overrides: Partial<ScoreExplanation>) =>
  explanationText({
    account: '1000 Acme',
    asOf: '2026-04-15',
    currency: 'USD',
    signals: [
      { key: 'support.urgent_open', label: 'Urgent tickets open', unit: 'tickets' },
      { key: 'sentiment.nps', label: 'NPS', unit: 'points' },
      { key: 'usage.active_days', label: 'Active days', unit: 'days' },
    ],
    explanation: {
      score: 33.33,
      band: 'watch',
      beforeLimits: 33.33,
      limitPoints: 0,
      coverage: 100,
      minCoverage: 50,
      connectedMeasures: 2,
      countedMeasures: 3,
      measures: [nps({ pointsGiven: 0, pointsLost: 50 }), measure({})],
      limits: [],
      leftOut: [],
      ...overrides,
    },
  });

describe('the explanation of a score in words', () => {
  it('says what each measure gives and costs, with its unit', () => {
    const lines = text({}).split('\n');
    expect(lines[0]).toBe('1000 Acme as of 2026-04-15: 33.33 (watch)');
    expect(lines).toContain('  NPS: -100 points; 0 of 100 at a share of 50 %: 0.00 points given, 50.00 lost');
    expect(lines).toContain(
      '  Urgent tickets open: 1 ticket; 67 of 100 at a share of 50 %: 33.33 points given, 16.67 lost',
    );
  });

  it('shows the rows behind a value', () => {
    const day = { from: '2026-04-15', to: '2026-04-15' };
    const evidence = {
      signal: 'support.urgent_open',
      value: 1,
      nullReason: null,
      window: day,
      previousWindow: null,
      facts: [{ label: 'Tickets', value: 1 }],
      rows: [{ kind: 'ticket', day: '2026-01-08', ref: 'TKT-5001', text: 'urgent', value: null }],
    };
    const found = text({ measures: [measure({ evidence })] });
    expect(found).toContain('      2026-04-15: Tickets 1\n      2026-01-08 TKT-5001 urgent');
  });

  it('gives no points where there is no score, and says where the weight of what is missing went', () => {
    const found = text({ score: null, band: 'unknown', coverage: 33.333, measures: [measure({}), noAnswer] });
    expect(found).toContain('no score (unknown)');
    expect(found).toContain('1 of 2 connected measures have data; by weight they cover 33.3 %');
    expect(found).toContain('  NPS: no answer in the window; its 15 % of the profile went to the other groups');
    expect(found).not.toContain('points given');
  });

  it('keeps what is not connected apart from what is missing', () => {
    const apart = measure({ signal: 'usage.active_days', connected: false, value: null, nullReason: 'no_feed' });
    expect(text({ measures: [measure({}), apart] })).toContain(
      'Not connected, left out for every account: Active days',
    );
  });

  it('says which cap decided', () => {
    const limit = { key: 'silent', kind: 'cap', at: 30, reason: 'no activity for 28 days', decisive: true } as const;
    expect(text({ score: 30, beforeLimits: 78, limits: [limit] })).toContain(
      'The measures give 78.00, capped at 30: no activity for 28 days.',
    );
  });

  it('says which cap was left out, and during which quiet period', () => {
    const cap = { key: 'silent', kind: 'cap', at: 30, reason: 'no activity for 28 days' } as const;
    expect(text({ leftOut: [{ ...cap, quietPeriod: 'Christmas' }] })).toContain(
      'Cap at 30: no activity for 28 days; left out during the quiet period Christmas.',
    );
    expect(text({ leftOut: [{ ...cap, quietPeriod: null }] })).toContain('left out during a quiet period.');
  });
});
