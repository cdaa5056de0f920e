import type {
  AccountFields,
  Attributes,
  AttributeValue,
  ContactFields,
  IsoDay,
} from '../../domain/values/fact-rows.js';
import type { StoredAttributeType } from './names.repository.js';

/**
 * How fields stand in the histories `account_field` and `contact_field` and in the columns that hold the newest value.
 *
 * A field is named as in the fact (`seats`, `renewalDate`, `noticePeriodDays`); a custom attribute `attribute.<key>`.
 * Values are JSON: days as ISO text, `arr` an integer of minor units of the account's currency (12 × an MRR delivered
 * instead), `csm` and `am` `{ userId, text }`, `parent` the parent's account id. SQL null: cleared.
 */
export interface FieldColumn {
  field: string;
  column: string;
  /** SQL for the column's value, from the JSON object `v` of newest values. */
  value: string;
}

const text = (field: string, column = field): FieldColumn => ({ field, column, value: `v->>'${field}'` });
const cast = (field: string, column: string, type: string): FieldColumn => ({
  field,
  column,
  value: `(v->>'${field}')::${type}`,
});

export const ACCOUNT_COLUMNS: readonly FieldColumn[] = [
  { field: 'name', column: 'name', value: `COALESCE(v->>'name', t.external_id)` },
  text('domain'),
  text('industry'),
  text('size'),
  cast('employees', 'employees', 'integer'),
  text('country'),
  text('region'),
  text('timeZone', 'time_zone'),
  text('plan'),
  cast('seats', 'seats', 'integer'),
  text('currency'),
  cast('arr', 'arr_minor', 'bigint'),
  cast('renewalDate', 'renewal_date', 'date'),
  cast('noticePeriodDays', 'notice_days', 'integer'),
  cast('noticeGivenOn', 'notice_given_on', 'date'),
  cast('leavesOn', 'leaves_on', 'date'),
  { field: 'csm', column: 'csm_user_id', value: `(v->'csm'->>'userId')::uuid` },
  { field: 'csm', column: 'csm_text', value: `v->'csm'->>'text'` },
  { field: 'am', column: 'am_user_id', value: `(v->'am'->>'userId')::uuid` },
  { field: 'am', column: 'am_text', value: `v->'am'->>'text'` },
  cast('parent', 'parent_id', 'uuid'),
  { field: 'status', column: 'status', value: `COALESCE(v->>'status', 'customer')` },
  text('churnReason', 'churn_reason'),
  {
    field: 'tags',
    column: 'tags',
    value: `COALESCE((SELECT array_agg(tag) FROM jsonb_array_elements_text(NULLIF(v->'tags', 'null')) AS tag), '{}')`,
  },
];

/** Fields from which columns are derived rather than copied. */
export const DERIVING_FIELDS: ReadonlySet<string> = new Set(['status', 'customerSince', 'churnedOn']);

export const CONTACT_COLUMNS: readonly FieldColumn[] = [
  text('email'),
  text('name'),
  text('title'),
  text('role'),
  { field: 'primary', column: 'is_primary', value: `COALESCE((v->>'primary')::boolean, false)` },
  cast('consent', 'consent', 'boolean'),
  cast('leftOn', 'left_on', 'date'),
];

export type FieldValues = Map<string, unknown>;

export interface OwnerValue {
  userId: string | null;
  text: string;
}

/** The fields of an account's patch as its history keeps them; `owners` collects texts that match no user. */
export function accountValues(
  fields: Partial<AccountFields>,
  context: { userOf: (text: string) => string | null; parentIdOf: (externalId: string) => string; lastDay: IsoDay },
): { values: FieldValues; unmatchedOwners: string[] } {
  const values: FieldValues = new Map();
  const unmatchedOwners: string[] = [];
  const owner = (owned: string): OwnerValue => {
    const userId = context.userOf(owned);
    if (userId === null) unmatchedOwners.push(owned);
    return { userId, text: owned };
  };
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined || field === 'arr' || field === 'mrr') continue;
    if (field === 'csm' || field === 'am') values.set(field, value === null ? null : owner(value as string));
    else if (field === 'parentExternalId')
      values.set('parent', value === null ? null : context.parentIdOf(value as string));
    else values.set(field, value);
  }
  const arr = fields.arr === undefined ? timesTwelve(fields.mrr) : fields.arr;
  if (arr !== undefined) {
    values.set('arr', arr === null ? null : arr.amountMinor);
    if (arr !== null) values.set('currency', arr.currency);
  }
  // Whoever tells when an account churned says that it did.
  if (fields.churnedOn && fields.status === undefined && fields.churnedOn <= context.lastDay)
    values.set('status', 'churned');
  return { values, unmatchedOwners };
}

function timesTwelve(mrr: AccountFields['mrr'] | undefined): AccountFields['arr'] | undefined {
  return mrr ? { amountMinor: mrr.amountMinor * 12, currency: mrr.currency } : mrr;
}

export function contactValues(fields: Partial<ContactFields>): FieldValues {
  const values: FieldValues = new Map();
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined || field === 'firstSeenOn' || field === 'lastSeenOn') continue;
    values.set(field, field === 'email' && value !== null ? String(value).toLowerCase() : value);
  }
  return values;
}

export function storedType(value: AttributeValue): StoredAttributeType {
  return value.type;
}

/**
 * An attribute's value under the type it was first registered with: text takes anything, the others take text that
 * reads as them. Undefined: it does not fit.
 */
export function attributeAs(type: StoredAttributeType, attribute: AttributeValue): unknown {
  const { value } = attribute;
  if (value === null) return null;
  const written = String(value);
  switch (type) {
    case 'text':
      return written;
    case 'number': {
      const number = typeof value === 'number' ? value : written.trim() === '' ? Number.NaN : Number(written);
      return Number.isFinite(number) ? number : undefined;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return /^(true|yes|1)$/i.test(written) ? true : /^(false|no|0)$/i.test(written) ? false : undefined;
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(written) ? written : undefined;
  }
}

/** Attributes as fields of the history; `misfit` names the first that does not fit its registered type. */
export function attributeValues(
  entity: 'account' | 'contact',
  attributes: Attributes,
  types: ReadonlyMap<string, StoredAttributeType>,
): { values: FieldValues; misfit: string | null } {
  const values: FieldValues = new Map();
  for (const [key, attribute] of Object.entries(attributes)) {
    const value = attributeAs(types.get(`${entity}:${key}`) ?? storedType(attribute), attribute);
    if (value === undefined) return { values, misfit: key };
    values.set(`attribute.${key}`, value);
  }
  return { values, misfit: null };
}
