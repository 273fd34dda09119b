/**
 * Everything that is written into the audit trail: kind of record -> what can happen to it. Each pair
 * has its sentence in every language, `audit.did.<subject>.<action>`, and a test that looks for it. A
 * pair that is not here cannot be recorded.
 */
export const AUDITED = {
  'api-key': ['create', 'revoke'],
  authorization: ['create', 'delete', 'bulk'],
  backup: ['create', 'delete', 'download', 'upload', 'ask-restore', 'cancel-restore', 'restore'],
  board: ['delete'],
  'board-account': ['create', 'new-password', 'delete'],
  database: ['import'],
  firmware: ['upload', 'delete', 'start-rollout', 'stop-rollout', 'end-rollout'],
  intervention: ['create', 'update', 'delete'],
  machine: ['create', 'update', 'delete', 'start', 'stop'],
  'machine-alert': ['send'],
  'machine-type': ['create', 'update', 'delete'],
  mail: ['retry', 'discard'],
  'maintenance-plan': ['create', 'update', 'delete'],
  member: [
    'create',
    'create-admin',
    'update',
    'delete',
    'restore',
    'erase',
    'add-card',
    'label-card',
    'revoke-card',
    'give-back-card',
    'log-in',
    'change-password',
    'set-password',
    'ask-password-link',
    'mail-password-link',
    'show-password-link',
    'turn-on-second-factor',
    'turn-off-second-factor',
    'reset-second-factor',
    'renew-recovery-codes',
    'unsubscribe',
  ],
  retention: ['purge'],
  role: ['create', 'update', 'delete'],
  session: ['end-session', 'end-other-sessions', 'end-stolen-session'],
  settings: ['update'],
  system: ['download-log', 'restart'],
  'test-mail': ['send'],
  'unrecognized-card': ['delete'],
  use: ['create', 'close', 'correct', 'delete'],
  'weekly-summary': ['send'],
} as const;

export type AuditSubject = keyof typeof AUDITED;
export const AUDIT_SUBJECTS = Object.keys(AUDITED) as [AuditSubject, ...AuditSubject[]];

/** What can happen to a kind of record. */
export type AuditActionOf<S extends AuditSubject> = (typeof AUDITED)[S][number];
export type AuditAction = AuditActionOf<AuditSubject>;

/** Every action once, in the order of the alphabet. */
export const AUDIT_ACTIONS = [...new Set<AuditAction>(Object.values(AUDITED).flat())].sort() as [
  AuditAction,
  ...AuditAction[],
];

/** A kind of record together with what happened to it. */
export type AuditedKind = {
  [S in AuditSubject]: { readonly subject: S; readonly action: AuditActionOf<S> };
}[AuditSubject];

/** Who changes something. */
export const ACTOR_KINDS = ['member', 'api-key', 'board', 'job', 'command'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** The key of the sentence for a pair of the trail; null for one that this version does not know. */
export function auditSentenceKey(subject: string, action: string): string | null {
  const actions: readonly string[] =
    Object.entries(AUDITED).find(([name]) => name === subject)?.[1] ?? [];
  return actions.includes(action) ? `audit.did.${subject}.${action}` : null;
}
