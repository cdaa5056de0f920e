import { ACCOUNT_REFERENCE, field, option } from './fact-fields.js';

/** Fields of accounts and contacts. Rows of these kinds are patches: what a file does not carry stays as it is. */

const EFFECTIVE_ON = field('effectiveOn', 'Effective on', 'day', {
  description: 'From which day the values of the row hold; otherwise the day of the import.',
  synonyms: ['effective on', 'effective date', 'valid from', 'as of', 'as of date', 'snapshot date'],
});

export const ACCOUNT_STATUS_OPTIONS = [
  option(
    'prospect',
    'Prospect',
    'lead',
    'opportunity',
    'in opportunity pipeline',
    'pipeline',
    'incomplete deal',
    'contract confirmation',
    'negotiation',
    'qualified',
  ),
  option('trial', 'Trial', 'trialing', 'trialling', 'poc', 'proof of concept', 'pilot', 'evaluation', 'free trial'),
  option(
    'customer',
    'Customer',
    'active',
    'retained',
    'retention',
    'onboarding',
    'live',
    'current',
    'client',
    'paying',
    'subscribed',
    'renewed',
    'won',
    'closed won',
  ),
  option(
    'churned',
    'Churned',
    'churn',
    'lost',
    'cancelled',
    'canceled',
    'inactive',
    'former',
    'former customer',
    'ex customer',
    'terminated',
    'ended',
    'closed',
  ),
] as const;

export const ACCOUNT_FIELDS = [
  { ...ACCOUNT_REFERENCE, identity: true, synonyms: [...ACCOUNT_REFERENCE.synonyms, 'id'] },
  field('name', 'Name', 'text', {
    synonyms: [
      'account name',
      'name',
      'company name',
      'company',
      'customer name',
      'customer',
      'client',
      'organization',
    ],
  }),
  field('domain', 'Domain', 'text', { synonyms: ['domain', 'website', 'web site', 'company domain', 'url'] }),
  field('industry', 'Industry', 'text', { synonyms: ['industry', 'vertical', 'sector', 'market'] }),
  field('size', 'Size', 'text', { synonyms: ['size', 'company size', 'size band', 'segment'] }),
  field('employees', 'Employees', 'integer', {
    synonyms: ['employees', 'number of employees', 'employee count', 'headcount', 'staff'],
  }),
  field('country', 'Country', 'text', { synonyms: ['country', 'billing country', 'country code', 'nation'] }),
  field('region', 'Region', 'text', { synonyms: ['region', 'territory', 'geo', 'area', 'state'] }),
  field('timeZone', 'Time zone', 'timeZone', { synonyms: ['time zone', 'timezone', 'tz'] }),
  field('plan', 'Plan', 'text', {
    synonyms: ['plan', 'plan tier', 'plan name', 'subscription plan', 'package', 'edition', 'product plan'],
  }),
  field('seats', 'Seats', 'integer', {
    description: 'Seats bought; subscriptions with seats take precedence.',
    synonyms: ['seats', 'licenses', 'licences', 'license count', 'seat count', 'users purchased', 'quantity'],
  }),
  field('currency', 'Currency', 'currency', { synonyms: ['currency', 'currency code', 'iso currency'] }),
  field('arr', 'ARR', 'money', {
    description: 'Annual recurring revenue; active subscriptions take precedence.',
    min: 0,
    synonyms: ['arr', 'annual recurring revenue', 'arr amount', 'acv', 'annual contract value', 'annual revenue'],
  }),
  field('mrr', 'MRR', 'money', {
    description: 'Monthly recurring revenue; ARR is twelve times it.',
    min: 0,
    synonyms: ['mrr', 'monthly recurring revenue', 'mrr amount', 'monthly revenue'],
  }),
  field('customerSince', 'Customer since', 'day', {
    synonyms: [
      'customer since',
      'signup date',
      'sign up date',
      'start date',
      'contract start date',
      'go live date',
      'onboarded',
    ],
  }),
  field('renewalDate', 'Renewal date', 'day', {
    synonyms: [
      'renewal date',
      'contract end date',
      'renewal',
      'next renewal',
      'contract end',
      'expiry date',
      'end date',
    ],
  }),
  field('noticePeriodDays', 'Notice period (days)', 'integer', {
    max: 3650,
    synonyms: ['notice period days', 'notice period', 'notice days', 'cancellation period'],
  }),
  field('noticeGivenOn', 'Notice given on', 'day', {
    synonyms: ['notice given on', 'notice date', 'cancellation date', 'cancelled on', 'canceled on'],
  }),
  field('leavesOn', 'Leaves on', 'day', { synonyms: ['leaves on', 'leaving date', 'termination date', 'last day'] }),
  field('csm', 'CSM', 'text', {
    description: 'Customer success manager: e-mail address or full name.',
    synonyms: ['csm', 'csm name', 'csm email', 'customer success manager', 'success manager', 'account owner', 'owner'],
  }),
  field('am', 'Account manager', 'text', {
    description: 'E-mail address or full name.',
    synonyms: ['am', 'account manager', 'am name', 'am email', 'account executive', 'ae', 'sales owner'],
  }),
  field('parent', 'Parent account id', 'text', {
    maxLength: 200,
    synonyms: ['parent', 'parent id', 'parent account', 'parent account id', 'parent company id'],
  }),
  field('status', 'Status', 'enum', {
    options: ACCOUNT_STATUS_OPTIONS,
    synonyms: [
      'status',
      'account status',
      'customer status',
      'lifecycle status',
      'lifecycle stage',
      'state of account',
    ],
  }),
  field('isTrial', 'On trial', 'boolean', {
    description: 'A yes makes the status trial where no status is given.',
    synonyms: ['is trial', 'trial', 'on trial', 'trial flag'],
  }),
  field('isChurned', 'Churned', 'boolean', {
    description: 'A yes makes the status churned, a no customer, where no status is given.',
    synonyms: ['churn flag', 'churned', 'is churned', 'has churned', 'churn'],
  }),
  field('churnedOn', 'Churned on', 'day', {
    synonyms: ['churned on', 'churn date', 'churned at', 'date of churn', 'lost on'],
  }),
  field('churnReason', 'Churn reason', 'text', {
    synonyms: ['churn reason', 'reason code', 'reason', 'churn reason code', 'lost reason'],
  }),
  field('tags', 'Tags', 'list', { synonyms: ['tags', 'labels', 'keywords'] }),
  EFFECTIVE_ON,
] as const;

export const CONTACT_FIELDS = [
  ACCOUNT_REFERENCE,
  field('id', 'Contact id', 'text', {
    description: 'Id or e-mail address: one of the two is needed.',
    identity: true,
    maxLength: 200,
    synonyms: ['contact id', 'user id', 'person id', 'id', 'member id', 'contact external id'],
  }),
  field('email', 'E-mail', 'email', {
    identity: true,
    synonyms: ['email', 'e-mail', 'email address', 'contact email', 'user email', 'work email', 'mail'],
  }),
  field('name', 'Name', 'text', { synonyms: ['name', 'full name', 'contact name', 'user name', 'display name'] }),
  field('firstName', 'First name', 'text', { synonyms: ['first name', 'given name', 'firstname', 'forename'] }),
  field('lastName', 'Last name', 'text', { synonyms: ['last name', 'family name', 'lastname', 'surname'] }),
  field('title', 'Title', 'text', { synonyms: ['title', 'job title', 'position', 'job'] }),
  field('role', 'Role', 'text', {
    description: 'Champion, decision maker, user…',
    synonyms: ['role', 'contact role', 'buying role', 'persona'],
  }),
  field('primary', 'Primary contact', 'boolean', {
    synonyms: ['primary', 'is primary', 'primary contact', 'main contact'],
  }),
  field('consent', 'Consent to be contacted', 'boolean', {
    synonyms: ['consent', 'opt in', 'opted in', 'marketing consent', 'email consent'],
  }),
  field('leftOn', 'Left on', 'day', { synonyms: ['left on', 'left company on', 'left date', 'departed on'] }),
  field('internal', 'Internal', 'boolean', {
    description: 'One of your own people: counts nowhere.',
    synonyms: ['internal', 'is internal', 'employee', 'staff user'],
  }),
  field('firstSeenOn', 'First seen', 'day', {
    synonyms: ['first seen', 'first seen on', 'created at', 'created', 'signup date'],
  }),
  field('lastSeenOn', 'Last seen', 'day', {
    synonyms: ['last seen', 'last seen on', 'last login', 'last active', 'last activity', 'last sign in'],
  }),
  EFFECTIVE_ON,
] as const;
