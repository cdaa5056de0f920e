import type { NullReason } from '@steward/shared/signals';
import type { Window } from '../calendar/window.js';
import type { AccountFacts } from './facts.js';

/** A value, or the reason why there is none. */
export type Reading = number | NullReason;

/** A window, and how many days before the window of the day itself it ends (0 = it is that window). */
export interface Span extends Window {
  readonly shiftDays: number;
}

/** Reads one value of an account over a span; counts nothing dated after the span's last day. */
export type Reader = (facts: AccountFacts, span: Span) => Reading;

export function isValue(reading: Reading): reading is number {
  return typeof reading === 'number';
}
