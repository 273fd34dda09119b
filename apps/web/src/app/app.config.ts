import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import {
  type ApplicationConfig,
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import {
  provideRouter,
  TitleStrategy,
  withComponentInputBinding,
  withInMemoryScrolling,
} from '@angular/router';
import { type LanguageCode, loadWords } from '@fabomatic/i18n';
import { provideTranslateLoader, provideTranslateService } from '@ngx-translate/core';
import { from } from 'rxjs';
import { appRoutes } from './app.routes';
import { authInterceptor } from './auth/auth-interceptor';
import { Session } from './auth/session';
import { PageTitle } from './frame/page-title';
import { ThemeChoice } from './frame/theme-choice';
import { LanguageChoice } from './language/language-choice';

export const appConfig: ApplicationConfig = {
  providers: [
    provideZonelessChangeDetection(),
    provideBrowserGlobalErrorListeners(),
    provideRouter(
      appRoutes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
    ),
    provideHttpClient(withFetch(), withInterceptors([authInterceptor])),
    provideTranslateService({
      loader: provideTranslateLoader(() => ({
        getTranslation: (language: string) => from(loadWords(language as LanguageCode)),
      })),
    }),
    { provide: TitleStrategy, useExisting: PageTitle },
    provideAppInitializer(async () => {
      inject(ThemeChoice);
      await Promise.all([inject(LanguageChoice).start(), inject(Session).start()]);
    }),
  ],
};
