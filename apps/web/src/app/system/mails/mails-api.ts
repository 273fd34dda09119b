import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import {
  type AlertByHand,
  AlertMailsSent,
  TestMailResult,
  WeeklySummarySent,
} from '@fabomatic/members';
import { firstValueFrom } from 'rxjs';

export const MAILS_URL = '/api/v1/system/mails';
export const SUMMARY_URL = '/api/v1/system/weekly-summary';
export const PREVIEW_URL = '/api/v1/system/mail-preview';
export const ALERTS_URL = '/api/v1/system/alert-mails/send';

export interface MailsApi {
  retry(id: number): Promise<void>;
  discard(id: number): Promise<void>;
  test(to: string): Promise<TestMailResult>;
  sendSummary(): Promise<WeeklySummarySent>;
  sendAlerts(topic: AlertByHand): Promise<AlertMailsSent>;
}

/** Call it where `inject` may be called. */
export function mailsApi(): MailsApi {
  const http = inject(HttpClient);
  return {
    retry: async (id) => {
      await firstValueFrom(http.post(`${MAILS_URL}/${id}/retry`, {}));
    },
    discard: async (id) => {
      await firstValueFrom(http.delete(`${MAILS_URL}/${id}`));
    },
    test: async (to) =>
      TestMailResult.parse(await firstValueFrom(http.post('/api/v1/system/test-mail', { to }))),
    sendSummary: async () =>
      WeeklySummarySent.parse(await firstValueFrom(http.post(`${SUMMARY_URL}/send`, {}))),
    sendAlerts: async (topic) =>
      AlertMailsSent.parse(await firstValueFrom(http.post(ALERTS_URL, { topic }))),
  };
}
