import type { User } from '@steward/shared/access';
import type { Role } from '@steward/shared/common';
import { humanize } from '../../lib/catalogue.js';
import { formatDay, formatInstant, isIsoDay } from '../../lib/days.js';
import { NONE } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { roleLabel } from './roles.js';

interface Change {
  from: unknown;
  to: unknown;
}

const isChange = (value: unknown): value is Change =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value;

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of settings that changed as a whole, only those that are another now. */
function linesOf(key: string, value: unknown): [string, unknown][] {
  if (!isChange(value) || !isFields(value.from) || !isFields(value.to)) return [[key, value]];
  const { from, to } = value;
  return Object.keys(to)
    .filter((inner) => JSON.stringify(from[inner]) !== JSON.stringify(to[inner]))
    .flatMap((inner) => linesOf(inner, { from: from[inner] ?? null, to: to[inner] }));
}

const FIELD_WORDS: Record<string, string> = {
  email: 'E-mail',
  csm: 'CSM',
  am: 'Account manager',
  arr: 'ARR',
  mrr: 'MRR',
};

/** renewalDate → Renewal date; the name of a person stands for an id, so managerId → Manager */
function fieldText(key: string): string {
  const words = key
    .replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replace(/ id$/, '');
  return FIELD_WORDS[words] ?? humanize(words);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

interface AuditChangesProps {
  /** Field → what it was and what it is; some entries tell a single value instead. */
  changes: unknown;
  /** Their names stand for their ids. */
  people: readonly User[];
}

/** What an entry of the log changed, field by field. */
export function AuditChanges({ changes, people }: AuditChangesProps) {
  const { timeZone } = useMe().workspace;
  if (typeof changes !== 'object' || changes === null) return null;
  const shown = (value: unknown, key?: string): string => {
    if (value === null || value === undefined || value === '') return NONE;
    if (Array.isArray(value)) return value.map((each) => shown(each)).join(', ');
    if (key === 'role') return roleLabel(value as Role);
    if (isIsoDay(value)) return formatDay(value);
    if (typeof value === 'string' && INSTANT.test(value)) return formatInstant(value, timeZone);
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
      {Object.entries(changes)
        .flatMap(([key, value]) => linesOf(key, value))
        .map(([key, value]) => (
          <li key={key}>
            <span style={{ color: 'var(--text-dim)' }}>{fieldText(key)}</span>{' '}
            {isChange(value) ? (
              <>
                {value.from === null || value.from === undefined ? '' : `${shown(value.from, key)} → `}
                {shown(value.to, key)}
              </>
            ) : (
              shown(value)
            )}
          </li>
        ))}
    </ul>
  );
}
