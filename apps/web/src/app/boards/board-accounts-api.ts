import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
import { type BoardAccountCreate, NewBoardAccountView } from '@fabomatic/boards';
import { firstValueFrom } from 'rxjs';

export const BOARD_ACCOUNTS_URL = '/api/v1/board-accounts';

export interface BoardAccountsApi {
  /** The answer is the only place where the password stands. */
  create(body: BoardAccountCreate): Promise<NewBoardAccountView>;
  renewPassword(machineId: number): Promise<NewBoardAccountView>;
  remove(machineId: number): Promise<void>;
}

/** Call it where `inject` may be called. */
export function boardAccountsApi(): BoardAccountsApi {
  const http = inject(HttpClient);
  const post = async (url: string, body: object) =>
    NewBoardAccountView.parse(await firstValueFrom(http.post(url, body)));
  return {
    create: (body) => post(BOARD_ACCOUNTS_URL, body),
    renewPassword: (machineId) => post(`${BOARD_ACCOUNTS_URL}/${machineId}/password`, {}),
    remove: async (machineId) => {
      await firstValueFrom(http.delete(`${BOARD_ACCOUNTS_URL}/${machineId}`));
    },
  };
}
