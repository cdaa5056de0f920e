import type { CatalogueField, FieldHistory, FieldType } from '@steward/shared/catalogue';
import { ACCOUNT_STATUSES } from '@steward/shared/common';
import type { AccountBinding, BoundField, FieldBinding } from './bindings.js';
import { contactVersionSql } from './field-sql.js';
import { isKnownContact } from './related-rows.js';

type Options = CatalogueField['options'];

const STATUS_LABELS = { prospect: 'Prospect', trial: 'Trial', customer: 'Customer', churned: 'Churned' } as const;

function accountField(
  key: string,
  label: string,
  type: FieldType,
  history: FieldHistory,
  binding: FieldBinding,
  more: Partial<CatalogueField> = {},
): BoundField {
  const field: CatalogueField = {
    key: `account.${key}`,
    label,
    group: 'Account',
    type,
    unit: null,
    description: '',
    stage: 'facts',
    history,
    options: null,
    sortable: type !== 'tags',
    tracked: false,
    ...more,
  };
  return { field, binding };
}

const column = (name: string, version: string | null, more: Pick<AccountBinding, 'tellsOf'> = {}): FieldBinding => ({
  kind: 'account',
  column: name,
  version,
  ...more,
});
const state = (name: string): FieldBinding => ({
  kind: 'state',
  column: name,
  closed: null,
  since: null,
  closedSince: null,
  bandRing: null,
});

const NOTICE = { column: 'notice_given_on', version: 'noticeGivenOn' };
const LOSS = { column: 'churned_on', version: 'churnedOn' };

/** By the notice period as it is agreed now. */
const DEADLINE = '(s.renewal_date - COALESCE(a.notice_days, 0))';

/** The first by id where several are marked. */
const primaryContact: FieldBinding = {
  kind: 'row',
  name: 'account.primaryContact',
  valueKind: 'text',
  value: (reading) => `(SELECT coalesce(x.name, x.email) FROM steward.contact x
    WHERE x.account_id = s.account_id AND ${isKnownContact(reading.day)}
      AND NOT COALESCE(x.left_on <= ${reading.day}, FALSE)
      AND ${contactVersionSql(reading, 'primary', 'x.is_primary', 'boolean')} ORDER BY x.id LIMIT 1)`,
};

/** What is known of an account without computing: its own fields, kept with their history. */
export function accountFields(currency: string, users: Options): BoundField[] {
  const money = { unit: currency, tracked: true };
  return [
    accountField('name', 'Name', 'text', 'versioned', column('name', 'name')),
    accountField('externalId', 'External id', 'text', 'now-only', column('external_id', null)),
    accountField('domain', 'Domain', 'text', 'versioned', column('domain', 'domain')),
    accountField('status', 'Status', 'enum', 'snapshot', state('status'), {
      options: ACCOUNT_STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] })),
    }),
    accountField('arr', 'ARR', 'money', 'snapshot', state('arr_minor'), {
      ...money,
      description: 'Twelve times the MRR of active subscriptions, else the account’s own figure',
    }),
    accountField('mrr', 'MRR', 'money', 'snapshot', state('mrr_minor'), money),
    accountField('seats', 'Seats', 'number', 'snapshot', state('seats'), { tracked: true }),
    accountField('renewalDate', 'Renewal date', 'date', 'snapshot', state('renewal_date')),
    accountField(
      'renewalDeadline',
      'Renewal deadline',
      'date',
      'snapshot',
      { kind: 'row', name: 'account.renewalDeadline', value: () => DEADLINE, valueKind: 'date', readsAccount: true },
      { description: 'The last day to give notice before the renewal, else the renewal date', sortable: false },
    ),
    accountField('customerSince', 'Customer since', 'date', 'snapshot', state('customer_since')),
    accountField('trialSince', 'Trial since', 'date', 'dated', column('trial_since', null)),
    accountField('csm', 'CSM', 'user', 'snapshot', state('csm_user_id'), { options: users }),
    accountField('am', 'Account manager', 'user', 'snapshot', state('am_user_id'), { options: users }),
    accountField('csmNow', 'CSM today', 'user', 'now-only', column('csm_user_id', null), { options: users }),
    accountField('amNow', 'Account manager today', 'user', 'now-only', column('am_user_id', null), { options: users }),
    accountField('csmText', 'CSM as delivered', 'text', 'now-only', column('csm_text', null)),
    accountField('amText', 'Account manager as delivered', 'text', 'now-only', column('am_text', null)),
    accountField('industry', 'Industry', 'text', 'versioned', column('industry', 'industry')),
    accountField('size', 'Size', 'text', 'versioned', column('size', 'size')),
    accountField('employees', 'Employees', 'number', 'versioned', column('employees', 'employees')),
    accountField('country', 'Country', 'text', 'versioned', column('country', 'country')),
    accountField('region', 'Region', 'text', 'versioned', column('region', 'region')),
    accountField('timeZone', 'Time zone', 'text', 'versioned', column('time_zone', 'timeZone')),
    accountField('plan', 'Plan', 'text', 'versioned', column('plan', 'plan')),
    accountField('currency', 'Currency', 'text', 'versioned', column('currency', 'currency')),
    accountField('noticeDays', 'Notice period', 'number', 'versioned', column('notice_days', 'noticePeriodDays'), {
      unit: 'days',
    }),
    accountField('noticeGivenOn', 'Notice given on', 'date', 'dated', column(NOTICE.column, NOTICE.version)),
    accountField('leavesOn', 'Leaves on', 'date', 'versioned', column('leaves_on', 'leavesOn', { tellsOf: NOTICE })),
    accountField('churnedOn', 'Churned on', 'date', 'dated', column(LOSS.column, LOSS.version)),
    accountField(
      'churnReason',
      'Churn reason',
      'text',
      'versioned',
      column('churn_reason', 'churnReason', { tellsOf: LOSS }),
    ),
    accountField('firstSeenOn', 'First seen on', 'date', 'dated', column('first_seen_on', null)),
    accountField('tags', 'Tags', 'tags', 'versioned', column('tags', 'tags')),
    accountField('primaryContact', 'Primary contact', 'text', 'versioned', primaryContact, {
      description: 'Name of the contact that is marked so and has not left',
    }),
  ];
}
