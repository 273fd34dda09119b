import {
  type EnvironmentProviders,
  inject,
  type Provider,
  provideAppInitializer,
} from '@angular/core';
import { loadWords } from '@fabomatic/i18n';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';

/** The English words, for specs that read the sentences on a page. */
export function provideEnglish(): (Provider | EnvironmentProviders)[] {
  return [
    provideTranslateService(),
    provideAppInitializer(async () => {
      const translate = inject(TranslateService);
      translate.setTranslation('en', { ...(await loadWords('en')) });
      translate.use('en');
    }),
  ];
}
