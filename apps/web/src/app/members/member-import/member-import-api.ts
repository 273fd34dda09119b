import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import { type MemberImportPlan, MemberImportPreview, MemberImportResult } from '@fabomatic/members';
import { firstValueFrom } from 'rxjs';
import { MEMBERS_URL } from '../members-api';

export const TEMPLATE_URL = `${MEMBERS_URL}/import/template.xlsx`;

export interface MemberImportApi {
  preview(file: File, plan: MemberImportPlan): Promise<MemberImportPreview>;
  run(file: File, plan: MemberImportPlan): Promise<MemberImportResult>;
}

/** Call it where `inject` may be called. */
export function memberImportApi(): MemberImportApi {
  const http = inject(HttpClient);
  const post = (path: string, file: File, plan: MemberImportPlan) => {
    const form = new FormData();
    form.append('plan', JSON.stringify(plan));
    form.append('file', file);
    return firstValueFrom(http.post(`${MEMBERS_URL}/import${path}`, form));
  };
  return {
    preview: async (file, plan) => MemberImportPreview.parse(await post('/preview', file, plan)),
    run: async (file, plan) => MemberImportResult.parse(await post('', file, plan)),
  };
}
