import { SearchTabs } from '../../components/ui/search-tabs.js';
import { useMe } from '../../lib/me.js';

const TABS = [{ key: 'performance', label: 'Performance' }];
const DEFINITIONS = [{ to: '/tiers/definitions', label: 'Definitions' }] as const;

/** How tiers do, and what they are. */
export function TiersTabs({ kept }: { kept: Record<string, string | undefined> }) {
  const mayRead = useMe().permissions.includes('model:read');
  return (
    <SearchTabs
      label="Tiers"
      to="/tiers"
      tabs={TABS}
      current="performance"
      kept={kept}
      others={mayRead ? DEFINITIONS : []}
    />
  );
}
