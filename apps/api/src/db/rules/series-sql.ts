import type { BoundField } from './bindings.js';

/** Fields of which a value a day is kept. */
export function isSeriesField({ field, binding }: BoundField): boolean {
  const kept = binding.kind === 'signal' || binding.kind === 'state';
  return kept && ['number', 'money', 'percent', 'boolean'].includes(field.type);
}

/** The value of a day over `s`, a snapshot. Money is in major units, as signals have it; yes and no are 1 and 0. */
export function seriesValue({ field, binding }: BoundField, minorDigits: number): string {
  if (binding.kind === 'signal') return `s.signals[${binding.number}]`;
  if (binding.kind !== 'state') return 'NULL';
  if (field.type === 'boolean') return `s.${binding.column}::int`;
  return field.type === 'money' ? `s.${binding.column} / 1e${minorDigits}` : `s.${binding.column}`;
}
