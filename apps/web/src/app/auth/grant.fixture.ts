import type { LoginResponse } from '@fabomatic/members';

/** What the API answers to whoever may go on at once. */
export const grant = (accessToken = 't', mustChangePassword = false): LoginResponse => ({
  accessToken,
  mustChangePassword,
  mustSetUpSecondFactor: false,
});
