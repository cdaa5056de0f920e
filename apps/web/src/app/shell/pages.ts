import type { Permission } from '@steward/shared/permissions';
import type { Icon } from '@tabler/icons-react';
import {
  IconAlertTriangle,
  IconBriefcase,
  IconBuildingSkyscraper,
  IconDatabaseImport,
  IconHeartbeat,
  IconLayersIntersect,
  IconRefresh,
  IconRoute,
  IconSettings,
  IconStack2,
  IconSun,
  IconTarget,
} from '@tabler/icons-react';
import { useMe } from '../../lib/me.js';

export interface Page {
  to:
    | '/'
    | '/accounts'
    | '/segments'
    | '/alerts'
    | '/goals'
    | '/renewals'
    | '/tiers'
    | '/lifecycle'
    | '/portfolio'
    | '/health'
    | '/data'
    | '/settings';
  /** Every address below it marks the page as the current one. */
  under: string;
  label: string;
  keys: string;
  icon: Icon;
  needs: Permission;
}

const PAGES: readonly Page[] = [
  { to: '/', under: '/', label: 'Today', keys: 't', icon: IconSun, needs: 'accounts:read' },
  {
    to: '/accounts',
    under: '/accounts',
    label: 'Accounts',
    keys: 'a',
    icon: IconBuildingSkyscraper,
    needs: 'accounts:read',
  },
  {
    to: '/segments',
    under: '/segments',
    label: 'Segments',
    keys: 's',
    icon: IconLayersIntersect,
    needs: 'accounts:read',
  },
  { to: '/alerts', under: '/alerts', label: 'Alerts', keys: 'l', icon: IconAlertTriangle, needs: 'accounts:read' },
  { to: '/goals', under: '/goals', label: 'Goals', keys: 'o', icon: IconTarget, needs: 'accounts:read' },
  { to: '/renewals', under: '/renewals', label: 'Renewals', keys: 'n', icon: IconRefresh, needs: 'accounts:read' },
  { to: '/tiers', under: '/tiers', label: 'Tiers', keys: 'i', icon: IconStack2, needs: 'reports:read' },
  { to: '/lifecycle', under: '/lifecycle', label: 'Lifecycle', keys: 'y', icon: IconRoute, needs: 'reports:read' },
  { to: '/portfolio', under: '/portfolio', label: 'Portfolio', keys: 'p', icon: IconBriefcase, needs: 'reports:read' },
  { to: '/health', under: '/health', label: 'Health', keys: 'h', icon: IconHeartbeat, needs: 'model:read' },
  { to: '/data', under: '/data', label: 'Data', keys: 'd', icon: IconDatabaseImport, needs: 'imports:write' },
  { to: '/settings', under: '/settings', label: 'Settings', keys: ',', icon: IconSettings, needs: 'accounts:read' },
];

/** The left rail, in order, as far as the person may go; `keys` is the second key after G. */
export function usePages(): readonly Page[] {
  const { permissions } = useMe();
  return PAGES.filter((page) => permissions.includes(page.needs));
}

/** The first page is above all others, so only its very address marks it. */
export const isCurrent = ({ under }: Page, pathname: string): boolean =>
  under === '/' ? pathname === '/' : pathname.startsWith(under);
