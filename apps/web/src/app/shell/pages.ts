import type { Icon } from '@tabler/icons-react';
import { IconBuildingSkyscraper, IconDatabaseImport, IconSettings } from '@tabler/icons-react';

export interface Page {
  to: '/accounts' | '/data' | '/settings';
  /** Every address below it marks the page as the current one. */
  under: string;
  label: string;
  keys: string;
  icon: Icon;
}

/** The left rail, in order; `keys` is the second key after G. */
export const PAGES: readonly Page[] = [
  { to: '/accounts', under: '/accounts', label: 'Accounts', keys: 'a', icon: IconBuildingSkyscraper },
  { to: '/data', under: '/data', label: 'Data', keys: 'd', icon: IconDatabaseImport },
  { to: '/settings', under: '/settings', label: 'Settings', keys: 's', icon: IconSettings },
];
