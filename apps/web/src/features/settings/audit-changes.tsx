import type { User } from '@steward/shared/access';
import { humanize } from '../../lib/catalogue.js';
import { formatDay, isIsoDay } from '../../lib/days.js';
import { NONE } from '../../lib/format.js';

interface Change {
  from: unknown;
  to: unknown;
}

const isChange = (value: unknown): value is Change =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

/** renewalDate → Renewal date */
const fieldText = (key: string): string =>
  humanize(key.replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`));

interface AuditChangesProps {
  /** Field → what it was and what it is; some entries tell a single value instead. */
  changes: unknown;
  /** Their names stand for their ids. */
  people: readonly User[];
}

/** What an entry of the log changed, field by field. */
export function AuditChanges({ changes, people }: AuditChangesProps) {
  if (typeof changes !== 'object' || changes === null) return null;
  const shown = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return NONE;
    if (Array.isArray(value)) return value.map(shown).join(', ');
    if (isIsoDay(value)) return formatDay(value);
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    if (typeof value === 'object') {
      return Object.entries(value)
        .map(([key, inner]) => `${fieldText(key).toLowerCase()} ${shown(inner)}`)
        .join(', ');
    }
    return people.find((person) => person.id === value)?.fullName ?? String(value);
  };
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: 'none', overflowWrap: 'anywhere' }}>
      {Object.entries(changes).map(([key, value]) => (
        <li key={key}>
          <span style={{ color: 'var(--text-dim)' }}>{fieldText(key)}</span>{' '}
          {isChange(value) ? (
            <>
              {value.from === null || value.from === undefined ? '' : `${shown(value.from)} → `}
              {shown(value.to)}
            </>
          ) : (
            shown(value)
          )}
        </li>
      ))}
    </ul>
  );
}
