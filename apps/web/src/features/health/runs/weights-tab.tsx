import type { ProfileBody } from '@steward/shared/health';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import { useNavigate } from '@tanstack/react-router';
import { toast } from '../../../components/ui/toast.js';
import { RunTab, type RunTabProps } from './run-tab.js';
import { hasSameMeasures, withWeightsOf } from './take-weights.js';
import { WeightsView } from './weights-view.js';

interface WeightsTabProps extends RunTabProps {
  draft: ProfileDraft;
  /** Puts it into the draft; null for those who do not write profiles. */
  onTake: ((draft: ProfileDraft) => void) | null;
}

/** What weights history suggests: beside the present ones, and never applied by themselves. */
export function WeightsTab({ draft, onTake, ...props }: WeightsTabProps) {
  const navigate = useNavigate();
  const take = (suggested: ProfileBody) => {
    onTake?.(hasSameMeasures(draft, suggested) ? withWeightsOf(draft, suggested) : suggested);
    toast('The suggested weights stand in the draft. Undo takes them out again; publishing is up to you.');
    void navigate({ to: '.', search: (now) => ({ ...now, tab: undefined, run: undefined }) });
  };
  return (
    <RunTab
      {...props}
      kind="weights"
      intro="Fits weights to who left and who stayed, on the earlier months, and judges them on the later ones. Nothing is changed until you take them into the draft and publish it."
    >
      {(run) =>
        run.weights ? (
          <WeightsView
            result={run.weights}
            isSame={run.weights.body === null || hasSameMeasures(draft, run.weights.body)}
            onTake={onTake === null ? null : take}
          />
        ) : null
      }
    </RunTab>
  );
}
