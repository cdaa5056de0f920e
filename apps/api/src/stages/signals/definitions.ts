import type { SignalDefinition } from '@steward/shared/signals';
import type { WorkspaceSettings } from '@steward/shared/workspace';

/** Windows of built-in signals that a workspace may set, by key. */
const WINDOWS: Record<string, 'npsDays' | 'promoterDays' | 'csatDays' | 'pulseDays'> = {
  'sentiment.nps': 'npsDays',
  'sentiment.nps_mean': 'npsDays',
  'sentiment.promoter': 'promoterDays',
  'sentiment.detractor': 'promoterDays',
  'support.csat': 'csatDays',
  'sentiment.pulse': 'pulseDays',
};

/** The signals with the windows that the workspace has set. */
export function withWorkspaceWindows(
  signals: readonly SignalDefinition[],
  settings: WorkspaceSettings,
): SignalDefinition[] {
  return signals.map((signal) => {
    const setting = WINDOWS[signal.key];
    return setting === undefined ? signal : { ...signal, windowDays: settings[setting] };
  });
}
