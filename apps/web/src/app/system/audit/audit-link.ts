import type { PageAction } from '../../frame/page-action';

export const AUDIT_URL = '/api/v1/audit';

/** "What changed" on the page of a record, for those who may read the trail. */
export function whatChanged(subject: string, id: number): PageAction {
  return {
    label: 'audit.what_changed',
    icon: 'history',
    permission: 'admin',
    link: '/system/audit',
    queryParams: { subject, subjectId: id },
  };
}

/** The same list, from within the trail. */
export function sameRecord(subject: string, id: number): PageAction {
  return { ...whatChanged(subject, id), label: 'audit.same_record' };
}
