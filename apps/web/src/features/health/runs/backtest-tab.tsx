import { BacktestView } from './backtest-view.js';
import { RunTab, type RunTabProps } from './run-tab.js';

/** Whether the score has told of churn in the past. */
export function BacktestTab(props: RunTabProps) {
  return (
    <RunTab
      {...props}
      kind="backtest"
      intro="Scores every account at each month-end with facts known then only, and looks who left afterwards. It changes nothing."
    >
      {(run) => (run.backtest ? <BacktestView result={run.backtest} /> : null)}
    </RunTab>
  );
}
