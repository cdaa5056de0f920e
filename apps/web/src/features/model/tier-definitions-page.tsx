import { useDocumentTitle } from '@mantine/hooks';
import type { TierSetDraft } from '@steward/shared/model-drafts';
import { DefinitionsFrame } from './definitions-frame.js';
import { ModelPage } from './model-page.js';
import { TierEditor } from './tiers/tier-editor.js';
import { TierView } from './tiers/tier-view.js';
import { TIERS_PART } from './tiers/tiers-part.js';

const FIGURES = [{ key: 'performance', label: 'Performance' }];

/** What the tiers are, for all; those who keep the model write the next version here. */
export function TierDefinitionsPage() {
  useDocumentTitle('Definitions of tiers · Steward');
  return (
    <DefinitionsFrame title="Tiers" figures="/tiers" tabs={FIGURES} definitions="/tiers/definitions">
      <ModelPage<TierSetDraft>
        part={TIERS_PART}
        editor={(loaded) => <TierEditor loaded={loaded} />}
        view={(published) => <TierView body={published} />}
      />
    </DefinitionsFrame>
  );
}
