import { CreateWorkspace1795294800000 } from './1795294800000-create-workspace.js';
import { CreateModel1795294860000 } from './1795294860000-create-model.js';
import { CreateAccount1795294920000 } from './1795294920000-create-account.js';
import { CreateUsage1795294980000 } from './1795294980000-create-usage.js';
import { CreateState1795295040000 } from './1795295040000-create-state.js';
import { CreateImport1795295100000 } from './1795295100000-create-import.js';
import { AlterWorkspace1795295160000 } from './1795295160000-alter-workspace.js';
import { CreateSampleTask1795295280000 } from './1795295280000-create-sample-task.js';
import { AlterState1795295340000 } from './1795295340000-alter-state.js';
import { CreateSetAside1795295460000 } from './1795295460000-create-set-aside.js';
import { CreateQuietPeriod1795295520000 } from './1795295520000-create-quiet-period.js';
import { AlterStageLock1795295580000 } from './1795295580000-alter-stage-lock.js';
import { AlterSignInAttempt1795295640000 } from './1795295640000-alter-sign-in-attempt.js';
import { CreateSegment1795295730000 } from './1795295730000-create-segment.js';
import { CreateAlert1795295790000 } from './1795295790000-create-alert.js';
import { CreateBulkAction1795295900000 } from './1795295900000-create-bulk-action.js';
import { AlterSegment1795295960000 } from './1795295960000-alter-segment.js';
import { CreateNotification1795296000000 } from './1795296000000-create-notification.js';
import { AlterNotification1795296060000 } from './1795296060000-alter-notification.js';
import { CreateSavedView1795296120000 } from './1795296120000-create-saved-view.js';
import { AlterSegmentEvent1795296180000 } from './1795296180000-alter-segment-event.js';
import { CreateViewOrder1795296240000 } from './1795296240000-create-view-order.js';
import { CreateFirstSteps1795296250000 } from './1795296250000-create-first-steps.js';
import { CreatePlaybook1795296300000 } from './1795296300000-create-playbook.js';
import { CreateTouchAndPlan1795296360000 } from './1795296360000-create-touch-and-plan.js';
import { CreateRenewal1795296420000 } from './1795296420000-create-renewal.js';
import { AlterAlertRule1795296480000 } from './1795296480000-alter-alert-rule.js';
import { AlterAlertPlaybooks1795296540000 } from './1795296540000-alter-alert-playbooks.js';
import { AlterSampleTask1795296570000 } from './1795296570000-alter-sample-task.js';
import { CreateAdminNotice1795296600000 } from './1795296600000-create-admin-notice.js';
import { AlterAlertLiveKey1795296630000 } from './1795296630000-alter-alert-live-key.js';
import { AlterNotificationNews1795296660000 } from './1795296660000-alter-notification-news.js';
import { AlterBulkAction1795296720000 } from './1795296720000-alter-bulk-action.js';
import { AlterRenewalCheck1795296780000 } from './1795296780000-alter-renewal-check.js';
import { CreateReport1795296840000 } from './1795296840000-create-report.js';
import { AlterModelVersions1795296900000 } from './1795296900000-alter-model-versions.js';
import { CreateBacktest1795296960000 } from './1795296960000-create-backtest.js';
import { CreateReportSchedule1795297020000 } from './1795297020000-create-report-schedule.js';
import { AlterReportDue1796083200000 } from './1796083200000-alter-report-due.js';
import { AlterAlertStarted1796083260000 } from './1796083260000-alter-alert-started.js';
import { CreateFactMemory1796083560000 } from './1796083560000-create-fact-memory.js';
import { CreateReportOwner1797012000000 } from './1797012000000-create-report-owner.js';
import { RetryReportBuilds1797012060000 } from './1797012060000-retry-report-builds.js';
import { CoverManagersWork1797012120000 } from './1797012120000-cover-managers-work.js';
import { CreateAccountDeletedTrigger1797012180000 } from './1797012180000-create-account-deleted-trigger.js';
import { CreateKeptFacts1797012240000 } from './1797012240000-create-kept-facts.js';
import { AlterSegmentEvaluation1797012300000 } from './1797012300000-alter-segment-evaluation.js';
import { AlterStateBandRing1797012360000 } from './1797012360000-alter-state-band-ring.js';
import { FillStateBandRing1797012420000 } from './1797012420000-fill-state-band-ring.js';
import { AlterAccountNameIndex1797012480000 } from './1797012480000-alter-account-name-index.js';
import { AlterNotificationTasks1797012540000 } from './1797012540000-alter-notification-tasks.js';
import { CreateAccountTerms1797012600000 } from './1797012600000-create-account-terms.js';
import { AlterSavedView1797012660000 } from './1797012660000-alter-saved-view.js';
import { AlterPulse1797012720000 } from './1797012720000-alter-pulse.js';
import { AlterNotice1797012780000 } from './1797012780000-alter-notice.js';
import { AlterStateStatistics1797012840000 } from './1797012840000-alter-state-statistics.js';
import { AlterIndexesOfRuns1797012900000 } from './1797012900000-alter-indexes-of-runs.js';

/** Every migration, in the order in which they run. */
export const migrations = [
  CreateWorkspace1795294800000,
  CreateModel1795294860000,
  CreateAccount1795294920000,
  CreateUsage1795294980000,
  CreateState1795295040000,
  CreateImport1795295100000,
  AlterWorkspace1795295160000,
  CreateSampleTask1795295280000,
  AlterState1795295340000,
  CreateSetAside1795295460000,
  CreateQuietPeriod1795295520000,
  AlterStageLock1795295580000,
  AlterSignInAttempt1795295640000,
  CreateSegment1795295730000,
  CreateAlert1795295790000,
  CreateBulkAction1795295900000,
  AlterSegment1795295960000,
  CreateNotification1795296000000,
  AlterNotification1795296060000,
  CreateSavedView1795296120000,
  AlterSegmentEvent1795296180000,
  CreateViewOrder1795296240000,
  CreateFirstSteps1795296250000,
  CreatePlaybook1795296300000,
  CreateTouchAndPlan1795296360000,
  CreateRenewal1795296420000,
  AlterAlertRule1795296480000,
  AlterAlertPlaybooks1795296540000,
  AlterSampleTask1795296570000,
  CreateAdminNotice1795296600000,
  AlterAlertLiveKey1795296630000,
  AlterNotificationNews1795296660000,
  AlterBulkAction1795296720000,
  AlterRenewalCheck1795296780000,
  CreateReport1795296840000,
  AlterModelVersions1795296900000,
  CreateBacktest1795296960000,
  CreateReportSchedule1795297020000,
  AlterReportDue1796083200000,
  AlterAlertStarted1796083260000,
  CreateFactMemory1796083560000,
  CreateReportOwner1797012000000,
  RetryReportBuilds1797012060000,
  CoverManagersWork1797012120000,
  CreateAccountDeletedTrigger1797012180000,
  CreateKeptFacts1797012240000,
  AlterSegmentEvaluation1797012300000,
  AlterStateBandRing1797012360000,
  FillStateBandRing1797012420000,
  AlterAccountNameIndex1797012480000,
  AlterNotificationTasks1797012540000,
  CreateAccountTerms1797012600000,
  AlterSavedView1797012660000,
  AlterPulse1797012720000,
  AlterNotice1797012780000,
  AlterStateStatistics1797012840000,
  AlterIndexesOfRuns1797012900000,
] as const;
