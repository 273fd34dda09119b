export {
  AUDIT_BREAKS,
  AUDIT_FIELDS_IN_LIST,
  AUDIT_SORTS,
  type AuditBreak,
  AuditEntryView,
  auditListedAtMost,
  AuditListQuery,
  AuditVerificationView,
} from './audit.schema';
export { type AuditedField, auditedFields, type AuditValue, HIDDEN_VALUE } from './audit-changes';
export {
  ACTOR_KINDS,
  type ActorKind,
  AUDIT_ACTIONS,
  AUDIT_SUBJECTS,
  type AuditAction,
  type AuditActionOf,
  AUDITED,
  type AuditedKind,
  auditSentenceKey,
  type AuditSubject,
} from './audit-codes';
export { attentionOf, type OpenBoards, type SystemFacts } from './attention';
export {
  type BackupExtension,
  type BackupFile,
  backupName,
  parseBackupName,
  rotatedOut,
  type RotationRules,
} from './backup-file';
export {
  BACKUP_KINDS,
  BackupCheckView,
  BackupComparisonView,
  type BackupKind,
  BackupList,
  BackupView,
  COMPARED_TABLES,
  type ComparedTable,
  RESTORE_OUTCOMES,
} from './backup.schema';
export { type ExampleWords, sayImportExample } from './import-example';
export {
  IMPORT_NOTES,
  type ImportExample,
  type ImportNoteCode,
  type ImportPerson,
  ImportReportView,
  ImportRun,
  ImportState,
  ImportUpload,
  ImportUploadQuery,
  MAX_IMPORT_BYTES,
  PORTAL_NOTES,
  SETTINGS_LEFT_OUT,
  SUSPICIOUS_NOTES,
} from './import.schema';
export { type JobSchedule, latestDueS, nextDueS, parseJobSchedule } from './job-schedule';
export {
  JOB_OUTCOMES,
  JOB_TRIGGERS,
  JobList,
  type JobOutcome,
  JobRunListQuery,
  JobRunRequest,
  JobRunView,
  type JobTrigger,
  JobView,
} from './job.schema';
export { lastWeek, type SummaryWeek } from './summary-week';
export { SYSTEM_ERRORS, type SystemErrorCode } from './system-errors';
export {
  ATTENTION_CODES,
  type AttentionCode,
  AttentionView,
  LOG_LEVELS,
  type LogLevel,
  LogLineView,
  LogQuery,
  LogView,
  MAX_LOG_LINES,
  SystemBoardView,
  SystemView,
} from './system.schema';
export {
  BrokerTest,
  CONNECTION_PROBLEMS,
  type ConnectionProblem,
  ConnectionTestView,
  DatabaseTest,
  MailTest,
  SETTING_FORMATS,
  SETTING_KINDS,
  SETTING_SOURCES,
  SETTING_UNITS,
  type SettingFormat,
  type SettingKind,
  SettingsUpdate,
  SettingsView,
  SettingView,
  UnknownSetting,
} from './settings.schema';
