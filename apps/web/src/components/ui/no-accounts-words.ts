import type { Role } from '@steward/shared/common';

/** Why a person sees no account at all, and who can change it: it depends on whose accounts the role sees. */
export function noAccountsWords(role: Role): { title: string; text: string } {
  switch (role) {
    case 'csm':
    case 'am':
      return {
        title: 'No accounts in your book',
        text: 'You see the accounts that you look after, as CSM or account manager. A manager or an admin can assign some to you.',
      };
    case 'manager':
      return {
        title: 'No accounts in your team',
        text: 'You see the accounts that your team looks after. An admin says who reports to you, and imports accounts.',
      };
    case 'admin':
      return { title: 'No accounts yet', text: 'Import them, or load the sample company to try things on.' };
    case 'viewer':
      return { title: 'No accounts yet', text: 'An admin imports them, or loads the sample company to try things on.' };
  }
}
