import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import {
  type ChangePasswordRequest,
  type ForgotPasswordRequest,
  LoginOptionsView,
  type LoginRequest,
  LoginResponse,
  PasswordLinkView,
  RecoveryCodes,
  SecondFactorSetup,
  type UsePasswordLink,
} from '@fabomatic/members';
import { firstValueFrom } from 'rxjs';

const URL = '/api/v1/auth';

@Injectable({ providedIn: 'root' })
export class AuthApi {
  private readonly http = inject(HttpClient);

  /** What the login page offers. */
  async options(): Promise<LoginOptionsView> {
    return LoginOptionsView.parse(await firstValueFrom(this.http.get(`${URL}/options`)));
  }

  async logIn(request: LoginRequest): Promise<LoginResponse> {
    return LoginResponse.parse(await this.post('login', request));
  }

  /** A new token for the session that the browser's cookie stands for. */
  async renew(): Promise<LoginResponse> {
    return LoginResponse.parse(await this.post('refresh', {}));
  }

  async logOut(): Promise<void> {
    await this.post('logout', {});
  }

  async changePassword(request: ChangePasswordRequest): Promise<LoginResponse> {
    return LoginResponse.parse(await this.post('password', request));
  }

  /** Answered alike whether there is such a member or not. */
  async askForLink(request: ForgotPasswordRequest): Promise<void> {
    await this.post('forgot-password', request);
  }

  /** Whose link it is; refused when it is too old or used. */
  async checkLink(token: string): Promise<PasswordLinkView> {
    return PasswordLinkView.parse(await this.post('password-link/check', { token }));
  }

  async useLink(request: UsePasswordLink): Promise<void> {
    await this.post('password-link/use', request);
  }

  /** What an authenticator app is given; it counts once a code of it was right. */
  async beginSecondFactor(): Promise<SecondFactorSetup> {
    return SecondFactorSetup.parse(await this.post('second-factor', {}));
  }

  async confirmSecondFactor(code: string): Promise<RecoveryCodes> {
    return RecoveryCodes.parse(await this.post('second-factor/confirm', { code }));
  }

  /** The old ones are worth nothing from then on. */
  async newRecoveryCodes(code: string): Promise<RecoveryCodes> {
    return RecoveryCodes.parse(await this.post('second-factor/recovery-codes', { code }));
  }

  async turnOffSecondFactor(code: string): Promise<void> {
    await this.post('second-factor/off', { code });
  }

  /** One of the member's own; without a number all but the one that asks. */
  async endSession(id?: number): Promise<void> {
    const which = id === undefined ? '' : `/${id}`;
    await firstValueFrom(this.http.delete(`${URL}/sessions${which}`));
  }

  private post(what: string, body: object): Promise<unknown> {
    return firstValueFrom(this.http.post(`${URL}/${what}`, body));
  }
}
