import type { SignalEntry } from '@steward/shared/model';
import { createSignalSchema } from '@steward/shared/model';
import {
  changedDraft,
  draftOfSignal,
  keyOfLabel,
  missingIn,
  NEW_SIGNAL,
  type SignalDraft,
  signalOfDraft,
} from './signal-draft.js';

const aDraft = (changes: Partial<SignalDraft> = {}): SignalDraft => ({ ...NEW_SIGNAL, label: 'Exports', ...changes });

const RATIO: SignalEntry = {
  key: 'own.exports_per_contact',
  number: 61,
  label: 'Exports per contact',
  unit: 'percent',
  description: 'How much each of them exports',
  better: 'up',
  windowDays: 14,
  change: { daysEarlier: 364, as: 'percent', floor: 'events' },
  compute: {
    source: 'ratio',
    of: {
      source: 'event',
      event: 'export',
      where: [{ property: 'format', op: 'in', value: ['pdf', 'csv'] }],
      aggregation: 'count',
    },
    over: { source: 'event', event: null, where: [], aggregation: 'distinctContacts' },
    as: 'percent',
  },
  builtIn: false,
  retired: false,
  revision: 3,
};

describe('a signal being written', () => {
  it('says the same as the signal it was made of, until it is changed', () => {
    const { number: _, builtIn, retired, revision, ...definition } = RATIO;
    expect(signalOfDraft(draftOfSignal(RATIO))).toEqual(definition);
  });

  it('is one that the server takes, with a key made of its name', () => {
    const signal = signalOfDraft(aDraft({ label: 'Exporté – per day' }));
    expect(signal?.key).toBe('own.exporte_per_day');
    expect(createSignalSchema.safeParse(signal).success).toBe(true);
    expect(keyOfLabel('9 lives')).toBe('own.lives');
  });

  it('is none while something is missing, and says where', () => {
    expect(missingIn(aDraft({ label: ' ' }))).toHaveProperty('label');
    const metric = aDraft({ leaf: { source: 'metric', of: ' ', aggregation: 'last', where: [] } });
    expect(missingIn(metric)).toHaveProperty(['compute.metric']);
    expect(missingIn({ ...metric, isRatio: true })).toHaveProperty(['compute.of.metric']);
    expect(missingIn(aDraft({ hasOwnWindow: true, windowDays: null }))).toHaveProperty('windowDays');
    const half = { id: 0, property: 'format', op: 'eq' as const, values: [] };
    const filtered = aDraft({ leaf: { ...NEW_SIGNAL.leaf, where: [half] } });
    expect(missingIn(filtered)).toHaveProperty(['compute.where']);
    expect(signalOfDraft(filtered)).toBeNull();
  });

  it('takes its unit from what is computed, unless a person chose another', () => {
    const contacts = changedDraft(aDraft(), { leaf: { ...NEW_SIGNAL.leaf, aggregation: 'distinctContacts' } });
    expect(contacts.unit).toBe('contacts');
    expect(changedDraft(contacts, { isChange: true }).unit).toBe('percent');
    expect(changedDraft({ ...contacts, unit: 'money' }, { isChange: true }).unit).toBe('money');
  });
});
