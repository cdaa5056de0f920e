/** What a field of a fact is, and the value it takes. */

export const FACT_FIELD_TYPES = [
  'text',
  'email',
  'number',
  'integer',
  'money',
  'percent',
  'boolean',
  'day',
  /** A point in time; a day alone is taken as well. */
  'moment',
  'enum',
  'list',
  'currency',
  'timeZone',
] as const;
export type FactFieldType = (typeof FACT_FIELD_TYPES)[number];

export interface FactOption {
  value: string;
  label: string;
  /** Other spellings, compared without case, accents and punctuation. */
  aliases: readonly string[];
}

export interface FactField {
  key: string;
  label: string;
  type: FactFieldType;
  description: string;
  /** A row without it is rejected. */
  required: boolean;
  /** Part of what tells one fact of an account from another. */
  identity: boolean;
  /** Bounds of numbers, both included. */
  min: number | null;
  max: number | null;
  /** Longest text, in characters. */
  maxLength: number;
  /** Members of an enumerated field. */
  options: readonly FactOption[] | null;
  /** Names that columns carry for it elsewhere, most usual first. */
  synonyms: readonly string[];
  /** Several columns of one file may go to it. */
  repeatable: boolean;
}

const MAX_TEXT_LENGTH = 500;
export const MAX_LONG_TEXT_LENGTH = 20_000;
const MAX_INT4 = 2_147_483_647;

type FieldSettings = Partial<Omit<FactField, 'key' | 'label' | 'type'>>;

/** A field with the usual settings filled in. */
export function field(key: string, label: string, type: FactFieldType, settings: FieldSettings = {}): FactField {
  return {
    key,
    label,
    type,
    description: '',
    required: false,
    identity: false,
    min: type === 'integer' ? 0 : null,
    max: type === 'integer' ? MAX_INT4 : null,
    maxLength: MAX_TEXT_LENGTH,
    options: null,
    synonyms: [],
    repeatable: false,
    ...settings,
  };
}

export function option(value: string, label: string, ...aliases: string[]): FactOption {
  return { value, label, aliases };
}

/** The account that a fact belongs to, by the id that the customer's systems use. */
export const ACCOUNT_REFERENCE: FactField = field('account', 'Account id', 'text', {
  description: "The account's id in your systems; the same in all files.",
  required: true,
  maxLength: 200,
  synonyms: [
    'account id',
    'customer id',
    'crm id',
    'company id',
    'client id',
    'organization id',
    'org id',
    'tenant id',
    'workspace id',
    'group id',
    'external id',
    'account external id',
    'account number',
    'customer number',
    'salesforce account id',
    'account key',
  ],
});

/** Who at the account a fact is about. */
export const CONTACT_REFERENCE: readonly FactField[] = [
  field('contactId', 'Contact id', 'text', {
    description: "The person's id in your systems.",
    maxLength: 200,
    synonyms: ['contact id', 'user id', 'person id', 'respondent id', 'requester id', 'member id'],
  }),
  field('contactEmail', 'Contact e-mail', 'email', {
    description: "The person's e-mail address.",
    synonyms: [
      'contact email',
      'user email',
      'email',
      'e-mail',
      'respondent email',
      'requester email',
      'email address',
    ],
  }),
];
