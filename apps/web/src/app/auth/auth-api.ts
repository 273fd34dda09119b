import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { type ChangePasswordRequest, type LoginRequest, LoginResponse } from '@fabomatic/members';
import { firstValueFrom } from 'rxjs';

@Injectable({ providedIn: 'root' })
export class AuthApi {
  private readonly http = inject(HttpClient);

  async logIn(request: LoginRequest): Promise<LoginResponse> {
    const answer = await firstValueFrom(this.http.post('/api/v1/auth/login', request));
    return LoginResponse.parse(answer);
  }

  /** A new token for the session that the browser's cookie stands for. */
  async renew(): Promise<LoginResponse> {
    const answer = await firstValueFrom(this.http.post('/api/v1/auth/refresh', {}));
    return LoginResponse.parse(answer);
  }

  async logOut(): Promise<void> {
    await firstValueFrom(this.http.post('/api/v1/auth/logout', {}));
  }

  async changePassword(request: ChangePasswordRequest): Promise<LoginResponse> {
    const answer = await firstValueFrom(this.http.post('/api/v1/auth/password', request));
    return LoginResponse.parse(answer);
  }
}
