import type { AttentionCode } from '@fabomatic/system';
import type { PageAction } from '../../frame/page-action';

/** What can be done on a page about each of them; the others ask for hands. */
export function actionOf(code: AttentionCode, backUp: () => void): PageAction | null {
  switch (code) {
    case 'backup_missing':
    case 'backup_old':
      return { label: 'backups.make', run: backUp };
    case 'restore_failed':
    case 'restore_pending':
    case 'disk_full':
    case 'disk_low':
      return { label: 'health.see_backups', link: '/system/backups' };
    case 'job_failed':
      return { label: 'health.see_jobs', link: '/system/jobs' };
    case 'board_accounts_missing':
      return { label: 'health.see_accounts', link: '/boards/accounts' };
    case 'board_flood':
    case 'messages_failed':
    case 'broker_down':
      return { label: 'health.see_log', link: '/system/log', queryParams: { level: 'warn' } };
    case 'strangers':
      return { label: 'health.see_machines', link: '/machines' };
    case 'members_erasable':
      return {
        label: 'health.see_members',
        link: '/members',
        queryParams: { membership: 'erasable' },
      };
    case 'board_accounts_off':
    case 'certificate_expires':
      return null;
  }
}

/** What cannot wait: machines do not work, or data is in danger. */
const BAD = new Set<AttentionCode>(['broker_down', 'disk_full', 'restore_failed']);

export function toneOf(code: AttentionCode): 'attention' | 'bad' {
  return BAD.has(code) ? 'bad' : 'attention';
}
