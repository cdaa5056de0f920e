import { AccountFieldRow, AccountKeyRow, AccountRow, ContactFieldRow, ContactRow } from './account.js';
import {
  DealRow,
  InvoiceRow,
  MetricPointRow,
  PulseRow,
  QuarantinedFactRow,
  SubscriptionRow,
  SurveyAnswerRow,
  TicketRow,
  TouchpointRow,
} from './facts.js';
import { ImportRejectionRow, ImportRow, OwnerAliasRow, SavedMappingRow } from './imports.js';
import {
  HealthProfileRow,
  HealthProfileVersionRow,
  SignalDefinitionRow,
  StageSetVersionRow,
  TierSetVersionRow,
} from './model.js';
import { StageLockRow, StageMoveRow, TierMoveRow, TierOverrideRow } from './moves.js';
import { ApiKeyRow, AppUserRow, AuditLogRow, SessionRow, SignInAttemptRow, StandInRow } from './people.js';
import { SampleTaskRow } from './sample.js';
import {
  CustomAttributeRow,
  EventNameRow,
  FeatureRow,
  MetricDefinitionRow,
  SourceDeliveryRow,
  SourceRow,
} from './sources.js';
import { AccountRebuildRow, AccountSnapshotRow, AccountStateRow } from './state.js';
import {
  EventRow,
  MessageArrivalRow,
  UsageContactMonthRow,
  UsageEventMonthRow,
  UsageFeatureMonthRow,
} from './usage.js';
import {
  DayCloseRow,
  DirtyAccountRow,
  LiveBasisRow,
  RefreshRunBucketRow,
  RefreshRunRow,
  StaleAccountRow,
} from './work.js';
import { ExchangeRateRow, WorkspaceRow } from './workspace.js';

/** Every table of the product. A test compares them with the migrated database. */
export const entities = [
  WorkspaceRow,
  ExchangeRateRow,
  AppUserRow,
  StandInRow,
  SessionRow,
  SignInAttemptRow,
  ApiKeyRow,
  AuditLogRow,
  SignalDefinitionRow,
  TierSetVersionRow,
  StageSetVersionRow,
  HealthProfileRow,
  HealthProfileVersionRow,
  MetricDefinitionRow,
  FeatureRow,
  EventNameRow,
  CustomAttributeRow,
  SourceRow,
  SourceDeliveryRow,
  AccountRow,
  AccountKeyRow,
  AccountFieldRow,
  ContactRow,
  ContactFieldRow,
  MetricPointRow,
  SubscriptionRow,
  InvoiceRow,
  TicketRow,
  SurveyAnswerRow,
  TouchpointRow,
  DealRow,
  PulseRow,
  QuarantinedFactRow,
  EventRow,
  UsageContactMonthRow,
  UsageFeatureMonthRow,
  UsageEventMonthRow,
  MessageArrivalRow,
  AccountStateRow,
  AccountRebuildRow,
  AccountSnapshotRow,
  StageMoveRow,
  TierMoveRow,
  TierOverrideRow,
  StageLockRow,
  DirtyAccountRow,
  StaleAccountRow,
  DayCloseRow,
  LiveBasisRow,
  RefreshRunBucketRow,
  RefreshRunRow,
  ImportRow,
  ImportRejectionRow,
  SavedMappingRow,
  OwnerAliasRow,
  SampleTaskRow,
] as const;
