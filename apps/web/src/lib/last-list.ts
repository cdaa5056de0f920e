/** The filters, sort and view of the list of accounts as this tab last showed it, without its day and its peek. */
let search: Record<string, string> = {};

export function noteList({ asOf, peek, ...list }: { asOf?: string; peek?: string } & Record<string, string>): void {
  search = list;
}

/** Where "Accounts" above an account leads back to; the list of all accounts where none was shown yet. */
export const lastList = (): Record<string, string> => search;
