import { effect, inject, Injectable, Injector, type Signal } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import type { PublicLabView } from '@fabomatic/machines';
import { ThemeChoice } from '../frame/theme-choice';
import { LanguageChoice } from '../language/language-choice';

/**
 * `?theme=dark&lang=it`: a screen on the wall has no keyboard to choose with. Without a language in
 * the address it speaks the lab's.
 */
@Injectable()
export class ChoicesFromAddress {
  private readonly language = inject(LanguageChoice);
  private readonly theme = inject(ThemeChoice);
  private readonly injector = inject(Injector);
  private readonly address = inject(ActivatedRoute).snapshot.queryParamMap;

  follow(view: Signal<PublicLabView | null>): void {
    this.theme.show(this.address.get('theme') ?? undefined);
    const asked = this.address.get('lang');
    effect(
      () => {
        const code = asked ?? view()?.lab.language;
        if (code !== undefined) void this.language.show(code);
      },
      { injector: this.injector },
    );
  }
}
