import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import {
  type ChangePasswordRequest,
  type ForgotPasswordRequest,
  LoginOptionsView,
  type LoginRequest,
  LoginResponse,
  PasswordLinkView,
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

  private post(what: string, body: object): Promise<unknown> {
    return firstValueFrom(this.http.post(`${URL}/${what}`, body));
  }
}
