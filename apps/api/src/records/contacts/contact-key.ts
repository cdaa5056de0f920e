/** One contact of one account. */
export interface ContactKey {
  accountId: string;
  contactId: string;
}
