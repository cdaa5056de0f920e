import { ACCOUNT_REFERENCE, CONTACT_REFERENCE, field, MAX_LONG_TEXT_LENGTH, option } from './fact-fields.js';

/** Fields of subscriptions, invoices, touchpoints, deals and pulses: what is sold, billed and done for customers. */

export const SUBSCRIPTION_FIELDS = [
  ACCOUNT_REFERENCE,
  field('id', 'Subscription id', 'text', {
    required: true,
    identity: true,
    maxLength: 200,
    synonyms: [
      'subscription id',
      'id',
      'contract id',
      'subscription',
      'subscription number',
      'subscription no',
      'contract no',
    ],
  }),
  field('plan', 'Plan', 'text', { synonyms: ['plan', 'plan tier', 'plan name', 'product', 'package', 'plan id'] }),
  field('quantity', 'Quantity', 'integer', { synonyms: ['quantity', 'seats', 'licenses', 'licences', 'units'] }),
  field('seatBased', 'Seat based', 'boolean', {
    description: 'Whether the quantity counts as seats; yes unless said otherwise.',
    synonyms: ['seat based', 'per seat', 'is seat based'],
  }),
  field('mrr', 'MRR', 'money', {
    min: 0,
    synonyms: ['mrr', 'mrr amount', 'monthly recurring revenue', 'monthly amount'],
  }),
  field('arr', 'ARR', 'money', {
    description: 'Used as twelve times the MRR where there is no MRR.',
    min: 0,
    synonyms: ['arr', 'arr amount', 'annual recurring revenue', 'annual amount'],
  }),
  field('currency', 'Currency', 'currency', { synonyms: ['currency', 'currency code'] }),
  field('start', 'Start', 'day', {
    synonyms: [
      'start date',
      'start',
      'starts on',
      'started at',
      'subscription start',
      'current period start',
      'valid from',
    ],
  }),
  field('end', 'End (last day)', 'day', {
    synonyms: [
      'end date',
      'end',
      'ends on',
      'ended at',
      'subscription end',
      'current period end',
      'valid to',
      'expiry date',
    ],
  }),
  field('termMonths', 'Term (months)', 'integer', {
    max: 1200,
    synonyms: ['term months', 'term', 'contract term', 'term length'],
  }),
  field('billingFrequency', 'Billing frequency', 'enum', {
    description: 'Gives the term where no term is given.',
    options: [
      option('monthly', 'Monthly', 'month', 'per month'),
      option('quarterly', 'Quarterly', 'quarter'),
      option('semiannual', 'Half-yearly', 'half yearly', 'semi annual', 'biannual'),
      option('annual', 'Annual', 'yearly', 'year', 'annually', 'per year'),
    ],
    synonyms: ['billing frequency', 'billing period', 'billing cycle', 'interval', 'billing interval'],
  }),
  field('autoRenew', 'Renews automatically', 'boolean', {
    synonyms: ['auto renew', 'auto renew flag', 'auto renewal', 'autorenew', 'renews automatically'],
  }),
] as const;

const INVOICE_STATUS_OPTIONS = [
  option('open', 'Open', 'unpaid', 'outstanding', 'sent', 'due', 'overdue', 'past due', 'partially paid', 'pending'),
  option('paid', 'Paid', 'settled', 'closed', 'complete', 'succeeded'),
  option('failed', 'Failed', 'payment failed', 'declined', 'uncollectible'),
  option('void', 'Void', 'voided', 'cancelled', 'canceled', 'written off', 'credited', 'refunded'),
] as const;

export const INVOICE_FIELDS = [
  ACCOUNT_REFERENCE,
  field('id', 'Invoice id', 'text', {
    required: true,
    identity: true,
    maxLength: 200,
    synonyms: ['invoice id', 'id', 'invoice number', 'invoice no', 'invoice nr', 'number', 'invoice'],
  }),
  field('issued', 'Issued on', 'day', {
    synonyms: ['issued', 'issued on', 'invoice date', 'issue date', 'created', 'created at', 'date', 'billing date'],
  }),
  field('due', 'Due on', 'day', { synonyms: ['due', 'due date', 'due on', 'payment due'] }),
  field('amount', 'Amount', 'money', {
    required: true,
    synonyms: ['amount', 'total', 'amount due', 'invoice amount', 'invoice total', 'gross amount'],
  }),
  field('currency', 'Currency', 'currency', { synonyms: ['currency', 'currency code'] }),
  field('status', 'Status', 'enum', {
    description: 'Without it, an invoice is paid when it has a day of payment, and open otherwise.',
    options: INVOICE_STATUS_OPTIONS,
    synonyms: ['status', 'invoice status', 'payment status', 'state'],
  }),
  field('paidOn', 'Paid on', 'day', { synonyms: ['paid on', 'paid at', 'payment date', 'paid date', 'date paid'] }),
  field('failedOn', 'Payment failed on', 'day', { synonyms: ['failed on', 'failed at', 'payment failed on'] }),
] as const;

const TOUCHPOINT_KIND_OPTIONS = [
  option('call', 'Call', 'phone', 'phone call', 'telephone'),
  option('meeting', 'Meeting', 'qbr', 'ebr', 'business review', 'visit', 'onsite', 'video call', 'demo', 'training'),
  option('email', 'E-mail', 'e-mail', 'mail', 'message'),
  option('note', 'Note', 'internal note', 'memo'),
  option('other', 'Other', 'chat', 'event', 'webinar', 'task'),
] as const;

export const TOUCHPOINT_FIELDS = [
  ACCOUNT_REFERENCE,
  field('id', 'Touchpoint id', 'text', {
    description: 'Without it, a row that is the same in every cell counts once.',
    identity: true,
    maxLength: 200,
    synonyms: ['touchpoint id', 'activity id', 'engagement id', 'id', 'external id', 'interaction id'],
  }),
  field('kind', 'Kind', 'enum', {
    options: TOUCHPOINT_KIND_OPTIONS,
    synonyms: ['kind', 'type', 'activity type', 'touchpoint type', 'engagement type', 'channel'],
  }),
  field('at', 'At', 'moment', {
    synonyms: ['at', 'date', 'activity date', 'timestamp', 'occurred at', 'time', 'meeting date', 'created at', 'day'],
  }),
  field('author', 'By', 'text', { synonyms: ['author', 'by', 'owner', 'created by', 'csm', 'user', 'logged by'] }),
  field('text', 'Text', 'text', {
    maxLength: MAX_LONG_TEXT_LENGTH,
    synonyms: ['text', 'notes', 'note', 'body', 'description', 'comment', 'summary', 'content', 'subject'],
  }),
  field('contacts', 'Contacts', 'list', {
    description: 'E-mail addresses of the people who took part.',
    synonyms: ['contacts', 'attendees', 'participants', 'contact emails'],
  }),
  field('links', 'Links', 'list', { synonyms: ['links', 'link', 'url', 'urls'] }),
  field('internal', 'Internal', 'boolean', {
    description: 'An internal note never counts as a touch.',
    synonyms: ['internal', 'internal note', 'is internal', 'private'],
  }),
  field('counts', 'Counts as a touch', 'boolean', { synonyms: ['counts', 'counts as touch', 'is touch'] }),
  ...CONTACT_REFERENCE,
] as const;

export const DEAL_FIELDS = [
  ACCOUNT_REFERENCE,
  field('id', 'Deal id', 'text', {
    required: true,
    identity: true,
    maxLength: 200,
    synonyms: ['deal id', 'opportunity id', 'id', 'opportunity number'],
  }),
  field('kind', 'Kind', 'enum', {
    options: [
      option(
        'expansion',
        'Expansion',
        'upsell',
        'cross sell',
        'upgrade',
        'add on',
        'existing business',
        'existing customer',
      ),
      option('renewal', 'Renewal', 'renew'),
      option('new', 'New business', 'new', 'new customer', 'new logo'),
    ],
    synonyms: ['kind', 'type', 'deal type', 'opportunity type'],
  }),
  field('name', 'Name', 'text', { synonyms: ['deal name', 'name', 'opportunity name', 'title', 'opportunity'] }),
  field('stage', 'Stage', 'text', { synonyms: ['stage', 'deal stage', 'stage name', 'pipeline stage'] }),
  field('amount', 'Amount', 'money', { synonyms: ['amount', 'value', 'deal value', 'deal amount', 'acv', 'arr'] }),
  field('currency', 'Currency', 'currency', { synonyms: ['currency', 'currency code'] }),
  field('probability', 'Probability (%)', 'percent', {
    min: 0,
    max: 100,
    synonyms: ['probability', 'win probability', 'likelihood', 'confidence'],
  }),
  field('openedOn', 'Opened on', 'day', {
    synonyms: ['opened on', 'created date', 'created at', 'create date', 'created'],
  }),
  field('closeDate', 'Close date', 'day', {
    synonyms: ['close date', 'expected close date', 'expected close', 'closing date', 'closedate'],
  }),
  field('owner', 'Owner', 'text', {
    synonyms: ['owner', 'deal owner', 'opportunity owner', 'am', 'account executive'],
  }),
  field('outcome', 'Outcome', 'enum', {
    description: 'Without it, the days of winning or losing and the stage tell.',
    options: [
      option('open', 'Open', 'in progress', 'active', 'pending'),
      option('won', 'Won', 'closed won', 'closedwon'),
      option('lost', 'Lost', 'closed lost', 'closedlost', 'abandoned'),
    ],
    synonyms: ['outcome', 'status', 'deal status', 'result', 'state'],
  }),
  field('wonOn', 'Won on', 'day', { synonyms: ['won on', 'won at', 'won date'] }),
  field('lostOn', 'Lost on', 'day', { synonyms: ['lost on', 'lost at', 'lost date'] }),
  field('reason', 'Reason', 'text', {
    maxLength: 2000,
    synonyms: ['reason', 'lost reason', 'won reason', 'closed reason'],
  }),
] as const;

export const PULSE_FIELDS = [
  ACCOUNT_REFERENCE,
  field('day', 'Day', 'day', { identity: true, synonyms: ['day', 'date', 'pulse date', 'as of', 'created at'] }),
  field('value', 'Pulse (1–6)', 'integer', {
    required: true,
    min: 1,
    max: 6,
    synonyms: ['pulse', 'value', 'score', 'csm pulse', 'sentiment', 'rating', 'health'],
  }),
  field('reasons', 'Reasons', 'list', { synonyms: ['reasons', 'reason codes', 'reason', 'reason code'] }),
  field('author', 'By', 'text', { synonyms: ['author', 'by', 'csm', 'created by', 'owner', 'user'] }),
  field('note', 'Note', 'text', { maxLength: MAX_LONG_TEXT_LENGTH, synonyms: ['note', 'notes', 'comment', 'text'] }),
] as const;
