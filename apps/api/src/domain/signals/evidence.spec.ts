import type { SignalDefinition } from '@steward/shared/signals';
import { toDay } from '../calendar/day.js';
import { BUILT_IN_SIGNALS } from './built-in.js';
import { compileSignals, computeSignals } from './compute.js';
import { explainSignal } from './evidence.js';
import { aContact, aContext, active, anAccount } from './facts.factory.js';
import { eventSelectionKey } from './read-metric.js';

describe('evidence', () => {
  it('shows the value, both windows, counts, and rows newest first', () => {
    const definition = BUILT_IN_SIGNALS.find((each) => each.key === 'usage.active_contacts_change')!;
    const account = anAccount({
      contacts: [aContact({ ref: 'ann' }), aContact({ ref: 'bob' }), aContact({ ref: 'cy' })],
      usage: {
        contactMonths: [
          ...active(0, '2026-04-02'),
          ...active(1, '2026-04-09'),
          ...[0, 1, 2].flatMap((contact) => active(contact, '2026-02-20')),
        ],
      },
    });
    const evidence = explainSignal(definition, account, aContext());
    expect(evidence.value).toBe(Math.fround(-100 / 3));
    expect(evidence.window).toEqual({ from: '2026-03-18', to: '2026-04-14' });
    expect(evidence.previousWindow).toEqual({ from: '2026-02-18', to: '2026-03-17' });
    expect(evidence.facts).toContainEqual({ label: 'Active contacts', value: 2 });
    expect(evidence.facts).toContainEqual({ label: 'Active contacts, before', value: 3 });
    expect(evidence.rows.map((row) => [row.day, row.ref])).toEqual([
      ['2026-04-09', 'bob'],
      ['2026-04-02', 'ann'],
    ]);
  });

  it('of events shows those that count, and of days since the last the event itself', () => {
    const ofEvents = (aggregation: 'count' | 'daysSince'): SignalDefinition => ({
      key: 'own.exports',
      number: 61,
      label: 'Exports',
      unit: 'number',
      description: '',
      better: 'none',
      windowDays: null,
      change: null,
      compute: { source: 'event', event: 'export', where: [], aggregation },
    });
    const row = (iso: string, contact: number, count: number) => ({ day: toDay(iso), contact, count });
    const account = anAccount({
      contacts: [aContact({ ref: 'ann' }), aContact({ internal: true })],
      eventSelections: {
        [eventSelectionKey({ event: 'export', where: [] })]: [
          row('2026-02-01', 0, 2),
          row('2026-04-01', 0, 3),
          row('2026-04-10', 1, 5),
        ],
      },
    });
    const evidenceOf = (aggregation: 'count' | 'daysSince', asOf: string) =>
      explainSignal(ofEvents(aggregation), account, aContext({ asOf: toDay(asOf) }));
    expect(evidenceOf('count', '2026-04-15')).toMatchObject({
      value: 3,
      facts: [{ label: 'Events', value: 3 }],
      rows: [{ day: '2026-04-01', ref: 'ann', value: 3 }],
    });
    // Longer ago than the window: it is what the value says all the same.
    expect(evidenceOf('daysSince', '2026-03-30')).toMatchObject({
      value: 57,
      facts: [{ label: 'Last event', value: '2026-02-01' }],
      rows: [{ day: '2026-02-01', ref: 'ann' }],
    });
  });

  it('of satisfaction shows the ratings that count', () => {
    const definition = BUILT_IN_SIGNALS.find((each) => each.key === 'support.csat')!;
    const answer = (contact: number, score: number) =>
      ({ kind: 'csat', day: toDay('2026-04-01'), score, contact }) as const;
    const account = anAccount({
      contacts: [aContact(), aContact({ internal: true })],
      answers: [answer(0, 2), answer(1, 5)],
    });
    expect(explainSignal(definition, account, aContext())).toMatchObject({
      value: 2,
      facts: [{ label: 'Ratings', value: 1 }],
      rows: [{ text: 'CSAT answer', value: 2 }],
    });
  });

  it('agrees with the stored value for every built-in signal', () => {
    const account = anAccount({ touchpoints: [{ day: toDay('2026-04-01'), counts: true, contacts: [] }] });
    const context = aContext();
    const { values } = computeSignals(account, compileSignals(BUILT_IN_SIGNALS, context));
    for (const definition of BUILT_IN_SIGNALS) {
      expect([definition.key, explainSignal(definition, account, context).value]).toEqual([
        definition.key,
        values[definition.number - 1],
      ]);
    }
  });
});
