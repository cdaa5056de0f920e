import { useDocumentTitle } from '@mantine/hooks';
import type { StageSetDraft } from '@steward/shared/model-drafts';
import { DefinitionsFrame } from './definitions-frame.js';
import { ModelPage } from './model-page.js';
import { StageEditor } from './stages/stage-editor.js';
import { StageView } from './stages/stage-view.js';
import { STAGES_PART } from './stages/stages-part.js';

const FIGURES = [
  { key: 'flow', label: 'Funnel' },
  { key: 'stuck', label: 'Stuck accounts' },
];

/** What the stages are, for all; those who keep the model write the next version here. */
export function StageDefinitionsPage() {
  useDocumentTitle('Definitions of stages · Steward');
  return (
    <DefinitionsFrame title="Lifecycle" figures="/lifecycle" tabs={FIGURES} definitions="/lifecycle/definitions">
      <ModelPage<StageSetDraft>
        part={STAGES_PART}
        editor={(loaded) => <StageEditor loaded={loaded} />}
        view={(published) => <StageView body={published} />}
      />
    </DefinitionsFrame>
  );
}
