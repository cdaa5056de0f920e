import type { ContactRow } from '@steward/shared/contacts';
import { RELATED_ROWS } from '../../db/rules/related-rows.js';
import type { RuleScope } from '../../db/rules/rule-scope.js';

/** The columns of a contact and its account in a list, over `x`, `s`, `a` and `csm`. */
export function contactColumns({ day, catalogue, binder }: Pick<RuleScope, 'day' | 'catalogue' | 'binder'>): string {
  const reading = { day, catalogue, bind: binder.bind, versions: false, closed: false };
  return `x.id AS "contactId", x.name AS "contactName", x.email, x.title, x.role, x.is_primary AS "primary", x.consent,
    x.left_on AS "leftOn", x.first_seen AS "firstSeen",
    ${RELATED_ROWS.contact.fields.lastActive.value(reading)} AS "lastActive",
    a.id AS "accountId", a.external_id AS "externalId", a.name AS "accountName", s.tier, s.band,
    s.arr_minor AS "arrMinor", csm.id AS "csmId",
    coalesce(csm.full_name, CASE WHEN a.csm_user_id IS NULL THEN a.csm_text END) AS "csmName"`;
}

export const CONTACT_OWNER = 'LEFT JOIN steward.app_user csm ON csm.id = a.csm_user_id';

export interface StoredContactRow {
  contactId: string;
  contactName: string | null;
  email: string | null;
  title: string | null;
  role: string | null;
  primary: boolean;
  consent: boolean | null;
  leftOn: string | null;
  firstSeen: string | null;
  lastActive: string | null;
  accountId: string;
  externalId: string;
  accountName: string;
  tier: string | null;
  band: ContactRow['account']['band'];
  arrMinor: number | null;
  csmId: string | null;
  csmName: string | null;
}

export function contactRowOf(row: StoredContactRow): ContactRow {
  const { contactId, contactName, accountId, externalId, accountName, tier, band, arrMinor, csmId, csmName } = row;
  const { email, title, role, primary, consent, leftOn, firstSeen, lastActive } = row;
  const csm = csmName === null ? null : { userId: csmId, name: csmName };
  return {
    ...{ id: contactId, name: contactName, email, title, role, primary, consent, leftOn, firstSeen, lastActive },
    account: { id: accountId, externalId, name: accountName, tier, band, arrMinor, csm },
  };
}
