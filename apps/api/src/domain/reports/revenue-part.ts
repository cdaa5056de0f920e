import type { Movement } from '@steward/shared/ledger';
import type { RevenuePart } from '@steward/shared/revenue-report';

/** Whether an account belongs to a part of a period's revenue: of those that paid at the start, or by its movement. */
export function isInPart(
  part: RevenuePart,
  { startMinor, endMinor, movement }: { startMinor: number; endMinor: number; movement: Movement | null },
): boolean {
  const paid = startMinor > 0;
  switch (part) {
    case 'start':
      return paid;
    case 'lost':
      return paid && endMinor === 0;
    case 'shrunk':
      return paid && endMinor < startMinor && endMinor !== 0;
    case 'same':
      return paid && endMinor === startMinor;
    case 'grown':
      return paid && endMinor > startMinor;
    case 'end':
      return endMinor > 0;
    case 'new':
    case 'expansion':
    case 'contraction':
    case 'churn':
    case 'reactivation':
      return movement === part;
  }
}
